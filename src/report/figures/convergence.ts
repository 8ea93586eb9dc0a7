import * as Plot from '@observablehq/plot';
import type { DeltaF } from '../../free-energy/index.js';
import { compact, estimate } from '../format.js';
import { plotSvg } from '../plot-svg.js';
import type { ConvergencePoint, Result } from '../report-data.js';
import { sheet } from '../sheet.js';
import { theme } from '../theme.js';
import type { Units } from '../units.js';
import { axis, upright } from './axes.js';
import { lineKey } from './colours.js';
import type { Figure, FigureTable } from './figure.js';

/** A point at which both states had been visited. */
type Known = ConvergencePoint & { value: number };

/** ΔF against the sampling behind it, beside the reference. */
export function convergence(
  course: readonly ConvergencePoint[],
  result: Result | undefined,
  units: Units,
  replicas: DeltaF['replicas'] = [],
): Figure {
  const points = course.filter((point): point is Known => point.value !== null);
  const blocks = course.filter(({ block }) => block !== null && block !== undefined);
  const { reference, referenceError = 0 } = result ?? {};
  const alone = atTheEnd(replicas, course.at(-1)!.nanoseconds);
  const svg = plotSvg(
    { id: 'convergence', label: 'ΔF against sampling time' },
    {
      width: theme.half,
      height: 300,
      x: axis({ label: 'Sampling used', unit: units.time }, { domain: [0, course.at(-1)!.nanoseconds] }),
      y: upright(
        { label: 'ΔF', unit: units.energy },
        { grid: true, domain: range([...points, ...alone], reference, referenceError) },
      ),
      marks: [
        ...referenceMarks(reference, referenceError),
        Plot.areaY(points, {
          x: 'nanoseconds',
          y1: ({ value, error }: Known) => value - (error ?? 0),
          y2: ({ value, error }: Known) => value + (error ?? 0),
          fill: theme.a,
          fillOpacity: 0.22,
          clip: true,
        }),
        Plot.dot(blocks, { x: 'nanoseconds', y: 'block', fill: theme.muted, r: 2.5, clip: true }),
        Plot.line(points, { x: 'nanoseconds', y: 'value', stroke: theme.a, strokeWidth: 1.8, clip: true }),
        ...replicaMarks(alone),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
  const lines: [string, string][] = [['this run so far', theme.a]];
  if (blocks.length > 0) lines.push(['each stretch alone', theme.muted]);
  if (alone.length > 0) lines.push(['each replica', theme.replica]);
  if (reference !== undefined) lines.push(['reference', theme.b]);
  return {
    id: 'convergence',
    width: 'half',
    body: sheet('ΔF against sampling time', [svg], lineKey(lines)),
    data: [
      {
        columns: [
          { name: `sampling used (${units.time})`, values: course.map(({ nanoseconds }) => nanoseconds) },
          { name: `ΔF so far (${units.energy})`, values: course.map(({ value }) => value ?? NaN) },
          { name: `its error (${units.energy})`, values: course.map(({ error }) => error ?? NaN) },
          { name: `ΔF of the stretch (${units.energy})`, values: course.map(({ block }) => block ?? NaN) },
        ],
      },
      ...(alone.length > 0 ? [replicaTable(replicas, units)] : []),
    ],
    caption: `${caption(points, result, units)}${alone.length > 0 ? ' At the end, each replica by itself.' : ''}`,
  };
}

/** Replicas that have a value, side by side before the end of the axis. */
function atTheEnd(replicas: DeltaF['replicas'], end: number): Known[] {
  const known = replicas.filter(({ value }) => value !== null);
  if (replicas.length < 2) return [];
  return known.map(({ value, error }, i) => ({
    ...{ value: value!, error },
    nanoseconds: end * (1 - 0.012 * (known.length - i)),
  }));
}

function replicaMarks(alone: readonly Known[]): Plot.Markish[] {
  const at = { x: 'nanoseconds', stroke: theme.replica } as const;
  return [
    Plot.ruleX(
      alone.filter(({ error }) => error !== null),
      {
        ...at,
        y1: ({ value, error }: Known) => value - error!,
        y2: ({ value, error }: Known) => value + error!,
        strokeOpacity: 0.6,
        strokeWidth: 1.4,
        clip: true,
      },
    ),
    Plot.dot(alone, { ...at, y: 'value', fill: 'white', r: 3, clip: true }),
  ];
}

function replicaTable(replicas: DeltaF['replicas'], { energy }: Units): FigureTable {
  return {
    name: 'replicas',
    columns: [
      { name: 'replica', values: replicas.map(({ source }) => source) },
      { name: `ΔF (${energy})`, values: replicas.map(({ value }) => value ?? NaN) },
      { name: `its error (${energy})`, values: replicas.map(({ error }) => error ?? NaN) },
    ],
  };
}

function referenceMarks(reference: number | undefined, error: number): Plot.Markish[] {
  if (reference === undefined) return [];
  return [
    Plot.ruleY([reference], { stroke: theme.b, strokeDasharray: '5 3', strokeWidth: 1.4 }),
    Plot.rect([0], { y1: reference - error, y2: reference + error, fill: theme.b, fillOpacity: 0.12 }),
  ];
}

/** Room for the later half of the course and the reference; the first wild swings may leave the frame. */
function range(points: Known[], reference: number | undefined, error: number): [number, number] {
  const late = points.slice(Math.floor(points.length / 4)).flatMap((point) => {
    const bar = point.error ?? 0;
    return [point.value - bar, point.value + bar];
  });
  const all = reference === undefined ? late : [...late, reference - error, reference + error];
  const [lower, upper] = [Math.min(...all), Math.max(...all)];
  const room = 0.08 * (upper - lower) || 1;
  return [lower - room, upper + room];
}

function caption(points: Known[], result: Result | undefined, { energy, time }: Units): string {
  const last = points.at(-1);
  const final = last
    ? ` It ends at ${estimate(last.value, last.error)} ${energy} after ${compact(last.nanoseconds)} ${time}.`
    : '';
  const known =
    result?.reference === undefined
      ? ''
      : ` Dashed: the reference ${estimate(result.reference, result.referenceError)} ${energy}${result.referenceSource ? ` (${result.referenceSource})` : ''}.`;
  return `ΔF from the sampling so far, with its standard error where ten transitions give one, and from each stretch of it alone (points).${final}${known}`;
}
