import * as Plot from '@observablehq/plot';
import { evenlySpaced } from '../decimate.js';
import { compact } from '../format.js';
import { plotSvg } from '../plot-svg.js';
import type { Quantity, ReplicaSeries, RunSeries, States } from '../report-data.js';
import { sheet, type Panel } from '../sheet.js';
import { mostPoints, theme } from '../theme.js';
import type { Units } from '../units.js';
import { axis, axisTitle, domainOf, fitted, upright } from './axes.js';
import { stateColour, stateKey } from './colours.js';
import { chosen, type Figure, type FigureTable } from './figure.js';
import { points } from './points.js';

/** Replicas that have panels of their own. */
const mostReplicas = 8;
/** Heights of a panel, of one of several replicas, and of what stands below the last, px. */
const [tall, low, belowLast] = [186, 130, 36];

/** The CV and the first coordinate along the biased run, a panel for each replica, coloured by state. */
export function timeSeries(
  run: RunSeries,
  x: Quantity,
  cv: Quantity,
  { time }: Units,
  states?: States,
): Figure {
  const quantities = [
    ...(run.cv ? [{ id: 'cv', quantity: fitted(cv, run.cv), values: run.cv }] : []),
    ...(run.x ? [{ id: 'x', quantity: fitted(x, run.x), values: run.x }] : []),
  ];
  const all = run.replicas ?? [
    { name: '', start: 0, end: run.time.length, discardedUntil: run.discardedUntil },
  ];
  const shown = all.slice(0, mostReplicas);
  const parts = shown.map((replica, i) => part(replica, i, run, Math.ceil(mostPoints / shown.length)));
  const axisOfTime = { label: 'Time', unit: time, domain: wholeDomain(run.time) };
  const drawn = quantities.flatMap((each) => parts.map((of) => ({ ...each, part: of })));
  const panels = drawn.map((each, i) =>
    panel(
      { ...each, several: all.length > 1, last: i === drawn.length - 1 },
      { run, time: axisOfTime, states },
    ),
  );
  const names = quantities.map(({ quantity }) => quantity.label).join(' and ');
  return {
    id: 'time',
    width: 'full',
    body: sheet(`${names} along the biased run`, panels, run.x && stateKey(states)),
    data: parts.map(({ name, indices }) => table(name, indices, quantities, { run, time })),
    caption: `${names} along the biased run${replicasInWords(all.length)}, ${oneIn(run, parts)}${discarded(all, time)}`,
  };
}

/** A replica and the frames of it that are drawn. */
interface Part extends ReplicaSeries {
  id: string;
  indices: number[];
}

function part(replica: ReplicaSeries, i: number, run: RunSeries, most: number): Part {
  const { start, end } = replica;
  const indices = evenlySpaced(end - start, most).map((index) => start + index);
  return { ...replica, id: run.replicas ? `-${i}` : '', indices };
}

/** What one of the panels shows; the last one has the axis of time. */
interface Drawn {
  id: string;
  quantity: Quantity;
  values: ArrayLike<number>;
  part: Part;
  several: boolean;
  last: boolean;
}

function panel(
  { id, quantity, values, part: { name, indices, discardedUntil, id: which }, several, last }: Drawn,
  {
    run,
    time,
    states,
  }: { run: RunSeries; time: Quantity & { domain: [number, number] }; states: States | undefined },
): Panel {
  const svg = plotSvg(
    { id: `time-${id}${which}`, label: `${quantity.label}${several ? ` of ${name}` : ''} against time` },
    {
      width: theme.full,
      height: (several ? low : tall) + (last ? belowLast : 0),
      marginBottom: last ? 46 : 10,
      marginTop: several ? 4 : 14,
      x: axis(time, last ? {} : { tickFormat: () => '', label: null }),
      y: upright(quantity, several ? { ticks: 4 } : {}),
      marks: [
        discardedUntil ? Plot.rect([0], { x1: time.domain[0], x2: discardedUntil, fill: theme.shade }) : null,
        points({
          x: run.time,
          y: values,
          indices,
          size: 2.2,
          colour: stateColour(run.x, states),
          opacity: 0.8,
        }),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
  return several ? { ...svg, heading: name } : svg;
}

function table(
  name: string,
  indices: readonly number[],
  quantities: readonly Pick<Drawn, 'quantity' | 'values'>[],
  { run, time }: { run: RunSeries; time: string },
): FigureTable {
  return {
    ...(name !== '' && { name }),
    columns: [
      { name: `time (${time})`, values: chosen(run.time, indices) },
      ...quantities.map(({ quantity, values }) => ({
        name: axisTitle(quantity),
        values: chosen(values, indices),
      })),
    ],
  };
}

function wholeDomain(time: ArrayLike<number>): [number, number] {
  const [first, last] = domainOf({ label: 't' }, time);
  const room = (0.03 / 1.06) * (last - first);
  const start = first + room;
  return [start > 0 && start < 0.01 * last ? 0 : start, last - room];
}

function replicasInWords(number: number): string {
  if (number === 1) return '';
  return number > mostReplicas
    ? `, the first ${mostReplicas} of ${number} replicas`
    : `, each replica by itself`;
}

function oneIn(run: RunSeries, parts: readonly Part[]): string {
  const total = run.total ?? run.time.length;
  const drawn = parts.reduce((sum, { indices }) => sum + indices.length, 0);
  const frames = parts.reduce((sum, { start, end }) => sum + end - start, 0) * (total / run.time.length);
  return `every ${ordinal(Math.ceil(frames / drawn))} of ${total.toLocaleString('en-GB')} frames.`;
}

function discarded(replicas: readonly ReplicaSeries[], unit: string): string {
  const until = replicas.flatMap(({ discardedUntil }) => discardedUntil ?? []).filter((time) => time > 0);
  if (until.length === 0) return '';
  const [least, most] = [Math.min(...until), Math.max(...until)].map((time) => compact(time));
  const span = least === most ? most : `${least} to ${most}`;
  return ` The first ${span} ${unit}${replicas.length > 1 ? ' of each' : ''} (grey), while the bias is built, do not enter the free energies.`;
}

function ordinal(number: number): string {
  if (number === 1) return 'one';
  return `${number}${['th', 'st', 'nd', 'rd'][number % 100 > 10 && number % 100 < 14 ? 0 : number % 10] ?? 'th'}`;
}
