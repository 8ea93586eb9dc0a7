import * as Plot from '@observablehq/plot';
import type { FreeEnergyProfile } from '../../free-energy/index.js';
import { median } from '../../properties/index.js';
import type { Interval } from '../../sampling/index.js';
import { compact, fixed } from '../format.js';
import { plotSvg } from '../plot-svg.js';
import type { ProfileFigure, Quantity, States } from '../report-data.js';
import { sheet, type KeyEntry } from '../sheet.js';
import { theme } from '../theme.js';
import type { Units } from '../units.js';
import { axis, axisTitle, fitted, freeEnergyAxis, upright } from './axes.js';
import { lineKey } from './colours.js';
import type { Figure, FigureData } from './figure.js';

interface Row {
  x: number;
  y: number;
  error: number;
}

const referencePoints = 'reference points';

/** Free energy along a coordinate with its standard error as a band, and what is known of it from elsewhere. */
export function freeEnergyProfileFigure(
  id: string,
  data: ProfileFigure,
  coordinate: Quantity,
  units: Units,
  states?: States,
): Figure {
  const rows = closed(data.profile);
  const reference = Array.from(data.reference?.coordinate ?? [], (x, i) => ({
    x,
    y: data.reference!.energy[i],
  }));
  const top = highest(rows);
  const svg = plotSvg(
    { id, label: `Free energy along ${coordinate.label}` },
    {
      width: theme.half,
      height: 340,
      x: axis(fitted(coordinate, data.profile.coordinate)),
      y: upright(freeEnergyAxis(units), { domain: [0, top], grid: true }),
      marks: [
        Plot.rect(states ? shaded(states.interval, data.profile) : [], {
          x1: '0',
          x2: '1',
          fill: theme.b,
          fillOpacity: 0.07,
        }),
        Plot.areaY(rows, {
          x: 'x',
          y1: ({ y, error }: Row) => y - error,
          y2: ({ y, error }: Row) => y + error,
          fill: theme.a,
          fillOpacity: 0.22,
          clip: true,
        }),
        Plot.line(rows, { x: 'x', y: 'y', stroke: theme.a, strokeWidth: 1.8, clip: true }),
        Plot.line(reference, {
          x: 'x',
          y: 'y',
          stroke: theme.b,
          strokeWidth: 1.6,
          strokeDasharray: '5 3',
          clip: true,
        }),
        ...markings(data, top),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
  return {
    id,
    width: 'half',
    body: sheet(`Free energy along ${coordinate.label}`, [svg], key(data)),
    data: tables(data, coordinate, units),
    caption: caption(data, coordinate, units, states),
  };
}

/** What of the axis an interval covers: both ends of it where it passes through the end of a domain. */
function shaded([lower, upper]: States['interval'], { coordinate, period }: FreeEnergyProfile): Interval[] {
  const [first, last] = period ?? [coordinate[0], coordinate[coordinate.length - 1]];
  const inside = (from: number, to: number): Interval => [Math.max(from, first), Math.min(to, last)];
  return lower <= upper ? [inside(lower, upper)] : [inside(first, upper), inside(lower, last)];
}

/** The profile's points; on a periodic coordinate the first once more at the far end. */
function closed({ coordinate, energy: values, error, period }: FreeEnergyProfile): Row[] {
  const rows = Array.from(coordinate, (x, i) => ({ x, y: values[i], error: error[i] }));
  if (period && coordinate[0] === period[0]) rows.push({ ...rows[0], x: period[1] });
  return rows;
}

function highest(rows: Row[]): number {
  const values = rows.map(({ y }) => y).filter(Number.isFinite);
  return Math.max(1, ...values) * 1.06;
}

function markings({ marks = [] }: ProfileFigure, top: number): Plot.Markish[] {
  const within = marks.filter((mark) => mark.energy <= top);
  const place = { x: 'coordinate', y: 'energy' } as const;
  return [
    Plot.dot(within, {
      ...place,
      symbol: 'diamond',
      stroke: theme.ink,
      fill: 'white',
      r: 4.5,
      strokeWidth: 1.4,
    }),
    Plot.text(within, {
      ...place,
      text: 'label',
      dy: -13,
      fontSize: 11,
      fill: theme.ink,
      stroke: 'white',
      strokeWidth: 3,
    }),
  ];
}

function tables(
  { profile, reference, marks }: ProfileFigure,
  coordinate: Quantity,
  { energy }: Units,
): FigureData {
  const [along, free] = [axisTitle(coordinate), `free energy (${energy})`];
  const columns = [
    { name: along, values: profile.coordinate },
    { name: free, values: profile.energy },
    { name: `standard error (${energy})`, values: profile.error },
  ];
  const known = reference && [
    { name: along, values: reference.coordinate },
    { name: free, values: reference.energy },
  ];
  const marked = marks?.length && [
    { name: 'mark', values: marks.map(({ label }) => label) },
    { name: along, values: marks.map((mark) => mark.coordinate) },
    { name: free, values: marks.map((mark) => mark.energy) },
  ];
  return [
    { columns },
    ...(known ? [{ name: 'reference', columns: known }] : []),
    ...(marked ? [{ name: 'marks', columns: marked }] : []),
  ];
}

function key({ reference, marks, markedAre = referencePoints }: ProfileFigure): KeyEntry[] {
  if (!reference && !marks?.length) return [];
  const lines: [string, string][] = [['this run', theme.a]];
  if (reference) lines.push(['reference', theme.b]);
  return lineKey(lines, marks?.length ? `◇ ${markedAre}` : undefined);
}

function caption(
  { profile, marks, markedAre = referencePoints, reference, source }: ProfileFigure,
  { label, unit }: Quantity,
  { energy }: Units,
  states?: States,
): string {
  const errors = Array.from(profile.error).filter(Number.isFinite);
  const width = `${profile.method === 'kde' ? 'Gaussian kernels' : 'bins'} of ${compact(profile.bandwidth)}${unit ? ` ${unit}` : ''}`;
  const band = `The band is one standard error from ${profile.blocks} blocks (median ${fixed(median(errors), 2)} ${energy}; ${width}).`;
  const gap = profile.energy.some(Number.isNaN) ? ' No line where nothing was sampled.' : '';
  const kinds = [reference && 'Dashed: reference', marks?.length && `Diamonds: ${markedAre}`].filter(Boolean);
  const known = kinds.length ? ` ${kinds.join('. ')}` : '';
  const from = known && (source ? `${known} (${source}).` : `${known}.`);
  const shade = states ? ` Shaded: ${states.b}.` : '';
  return `Free energy along ${label}. ${band}${gap}${from}${shade}`;
}
