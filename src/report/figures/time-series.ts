import * as Plot from '@observablehq/plot';
import { evenlySpaced } from '../decimate.js';
import { compact } from '../format.js';
import { html, type Markup } from '../markup.js';
import { plotSvg } from '../plot-svg.js';
import type { Quantity, RunSeries, States } from '../report-data.js';
import { mostPoints, theme } from '../theme.js';
import type { Units } from '../units.js';
import { axis, domainOf, fitted, upright } from './axes.js';
import { stateColour, stateKey } from './colours.js';
import type { Figure } from './figure.js';
import { points } from './points.js';

/** The CV and the first coordinate along the biased run, coloured by state. */
export function timeSeries(
  run: RunSeries,
  x: Quantity,
  cv: Quantity,
  { time }: Units,
  states?: States,
): Figure {
  const panels: [string, Quantity, ArrayLike<number> | undefined][] = [
    ['cv', cv, run.cv],
    ['x', x, run.x],
  ];
  const drawn = panels.flatMap(([id, quantity, values]) => (values ? [{ id, quantity, values }] : []));
  const body = drawn.map(({ id, quantity, values }, i) =>
    panel({ id: `time-${id}`, quantity, values, last: i === drawn.length - 1 }, run, time, states),
  );
  const names = drawn.map(({ quantity }) => quantity.label).join(' and ');
  const total = run.total ?? run.time.length;
  return {
    id: 'time',
    width: 'full',
    body: html`${run.x && stateKey(states)}${body}`,
    caption: `${names} along the biased run, every ${ordinal(Math.ceil(total / mostPoints))} of ${total.toLocaleString('en-GB')} frames.${discarded(run, time)}`,
  };
}

/** What one of the panels shows; the last one has the axis of time. */
interface Drawn {
  id: string;
  quantity: Quantity;
  values: ArrayLike<number>;
  last: boolean;
}

function panel(
  { id, quantity, values, last }: Drawn,
  run: RunSeries,
  unit: string,
  states: States | undefined,
): Markup {
  const time = { label: 'Time', unit, domain: wholeDomain(run.time) };
  return plotSvg(
    { id, label: `${quantity.label} against time` },
    {
      width: theme.full,
      height: last ? 222 : 186,
      marginBottom: last ? 46 : 10,
      x: axis(time, last ? {} : { tickFormat: () => '', label: null }),
      y: upright(fitted(quantity, values)),
      marks: [
        run.discardedUntil
          ? Plot.rect([0], { x1: time.domain[0], x2: run.discardedUntil, fill: theme.shade })
          : null,
        points({
          x: run.time,
          y: values,
          indices: evenlySpaced(run.time.length, mostPoints),
          size: 2.2,
          colour: stateColour(run.x, states),
          opacity: 0.8,
        }),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
}

function wholeDomain(time: ArrayLike<number>): [number, number] {
  const [first, last] = domainOf({ label: 't' }, time);
  const room = (0.03 / 1.06) * (last - first);
  const start = first + room;
  return [start > 0 && start < 0.01 * last ? 0 : start, last - room];
}

function discarded({ discardedUntil }: RunSeries, unit: string): string {
  if (!discardedUntil) return '';
  return ` The first ${compact(discardedUntil)} ${unit} (grey), while the bias is built, do not enter the free energies.`;
}

function ordinal(number: number): string {
  if (number === 1) return 'one';
  return `${number}${['th', 'st', 'nd', 'rd'][number % 100 > 10 && number % 100 < 14 ? 0 : number % 10] ?? 'th'}`;
}
