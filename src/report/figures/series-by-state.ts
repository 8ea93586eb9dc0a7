import * as Plot from '@observablehq/plot';
import { evenlySpaced } from '../decimate.js';
import { plotSvg } from '../plot-svg.js';
import type { Quantity } from '../report-data.js';
import { sheet, type KeyEntry, type Panel } from '../sheet.js';
import { mostPoints, stateColours, theme } from '../theme.js';
import type { Units } from '../units.js';
import { axis, axisTitle, domainOf, fitted, upright } from './axes.js';
import { chosen, type Figure, type FigureTable } from './figure.js';
import { points } from './points.js';

/** A quantity along one run; all of the same length. */
export interface StateSeries {
  /** What the run is called. */
  name: string;
  /** In the unit of sampling. */
  time: ArrayLike<number>;
  values: ArrayLike<number>;
  /** Which state each frame is in, from 1; 0 for none. Undefined where there are no states. */
  states?: ArrayLike<number>;
}

/** Panels that a page holds. */
const mostPanels = 16;

/**
 * A quantity in time, a panel each run, coloured by state.
 * @param figure its name, where a page has several
 */
export function seriesByState(
  runs: readonly StateSeries[],
  quantity: Quantity,
  names: readonly string[],
  units: Units,
  figure = 'series',
): Figure {
  const shown = runs.slice(0, mostPanels);
  const domain = quantity.domain ?? jointDomain(shown);
  const last = Math.max(...shown.map(({ time }) => time[time.length - 1]));
  const most = Math.ceil(mostPoints / Math.sqrt(shown.length));
  const panels = shown.map((run, i) =>
    panel(run, {
      id: `${figure}-${i}`,
      quantity: { ...quantity, domain },
      time: { label: 'Time', unit: units.time, domain: [0, last] },
      most,
      alone: shown.length === 1,
    }),
  );
  const more = runs.length - shown.length;
  return {
    id: figure,
    width: 'full',
    body: sheet(`${quantity.label} in time`, panels, key(names)),
    data: shown.map((run) => table(run, quantity, units, most)),
    caption:
      `${quantity.label} in time${names.length > 0 ? ', coloured by state' : ''}.` +
      (more > 0 ? ` ${more} more runs are not shown.` : ''),
  };
}

interface Drawn {
  id: string;
  quantity: Quantity;
  time: Quantity;
  most: number;
  alone: boolean;
}

function panel({ name, time, values, states }: StateSeries, drawn: Drawn): Panel {
  const svg = plotSvg(
    { id: drawn.id, label: `${drawn.quantity.label} of ${name} against time` },
    {
      width: theme.full,
      height: drawn.alone ? 260 : 190,
      x: axis(drawn.time),
      y: upright(fitted(drawn.quantity, values), { ticks: 5 }),
      marks: [
        points({
          x: time,
          y: values,
          indices: evenlySpaced(time.length, drawn.most),
          size: 2.2,
          colour: (index) => colourOf(states ? states[index] : 1),
          opacity: 0.8,
        }),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
  return drawn.alone ? svg : { ...svg, heading: name };
}

const colourOf = (state: number): string =>
  state === 0 ? theme.muted : stateColours[(state - 1) % stateColours.length];

const key = (names: readonly string[]): KeyEntry[] =>
  names.map((name, i) => ({ name, colour: colourOf(i + 1) }));

function table(
  { name, time, values, states }: StateSeries,
  quantity: Quantity,
  units: Units,
  most: number,
): FigureTable {
  const indices = evenlySpaced(time.length, most);
  return {
    name,
    columns: [
      { name: `time (${units.time})`, values: chosen(time, indices) },
      { name: axisTitle(quantity), values: chosen(values, indices) },
      ...(states ? [{ name: 'state (0: none)', values: chosen(states, indices) }] : []),
    ],
  };
}

function jointDomain(runs: readonly StateSeries[]): [number, number] {
  const ends = runs.map(({ values }) => domainOf({ label: '' }, values));
  return [Math.min(...ends.map(([lower]) => lower)), Math.max(...ends.map(([, upper]) => upper))];
}
