import { digits } from '../../support/index.js';
import * as Plot from '@observablehq/plot';
import type { Diagnostics } from '../../diagnostics/index.js';
import type { TimescaleEstimate } from '../../kinetics/index.js';
import { compact } from '../format.js';
import { plotSvg } from '../plot-svg.js';
import { sheet } from '../sheet.js';
import { theme } from '../theme.js';
import { defaultUnits, type Units } from '../units.js';
import { axis, upright } from './axes.js';
import { lineKey } from './colours.js';
import type { Figure } from './figure.js';

interface Point extends TimescaleEstimate {
  lag: number;
}

const colours = [theme.a, theme.b, theme.muted];

/** Implied time scales of the CVs against the lag, with their errors. */
export function impliedTimescalesFigure(
  { timescales = [], lag, cvs }: Diagnostics,
  { time }: Units,
): Figure | undefined {
  const curves = cvs
    .slice(0, colours.length)
    .map((cv, i) => ({ cv, colour: colours[i], points: pointsOf(timescales, i) }))
    .filter(({ points }) => points.length > 0);
  if (curves.length === 0) return undefined;
  const all = curves.flatMap(({ points }) => points);
  const lags = all.map((point) => point.lag);
  const unit = time === defaultUnits.time ? 'ps' : 'time units';
  const [shortest, longest] = [Math.min(...lags), Math.max(...lags)];
  const values = all.flatMap(({ value, lower, upper }) => [value, upper, lower]).filter((t) => t > 0);
  const domain = [Math.min(...values) / 1.3, Math.max(...values) * 1.3] as const;
  const svg = plotSvg(
    { id: 'timescales', label: 'Implied time scales against the lag' },
    {
      width: theme.half,
      height: 300,
      x: axis(
        { label: 'Lag', unit },
        { type: 'log', domain: [shortest / 1.2, longest * 1.2], tickFormat: powers },
      ),
      y: upright(
        { label: 'Implied time scale', unit },
        { type: 'log', domain, grid: true, tickFormat: powers },
      ),
      marks: [
        Plot.areaY(
          [shortest / 1.2, longest * 1.2].map((at) => ({ at })),
          {
            x: 'at',
            y1: domain[0],
            y2: (d: { at: number }) => Math.max(domain[0], d.at),
            fill: theme.shade,
            clip: true,
          },
        ),
        Plot.ruleX([lag], { stroke: theme.muted, strokeDasharray: '3 3' }),
        ...curves.flatMap(({ points, colour }) => curve(points, colour, domain[0])),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
  const key = curves.map(({ cv, colour }): [string, string] => [cv, colour]);
  return {
    id: 'timescales',
    width: 'half',
    body: sheet('Implied time scales against the lag', [svg], lineKey(key)),
    data: curves.map(({ cv, points }) => ({
      name: cv,
      columns: [
        { name: `lag (${unit})`, values: points.map((point) => point.lag) },
        { name: `implied time scale (${unit})`, values: points.map(({ value }) => value) },
        { name: `lower (${unit})`, values: points.map(({ lower }) => lower) },
        { name: `upper (${unit})`, values: points.map(({ upper }) => upper) },
      ],
    })),
    caption: caption(curves[0], lag, unit),
  };
}

/** Where the CV has a time scale. */
function pointsOf(timescales: NonNullable<Diagnostics['timescales']>, cv: number): Point[] {
  return timescales.flatMap(({ lag, timescales: at }) => {
    const estimate = at[cv];
    return estimate ? [{ lag, ...estimate }] : [];
  });
}

function curve(points: Point[], stroke: string, floor: number): Plot.Markish[] {
  return [
    Plot.ruleX(points, {
      x: 'lag',
      y1: (point: Point) => Math.max(point.lower, floor),
      y2: 'upper',
      stroke,
      strokeOpacity: 0.4,
      strokeWidth: 3,
      clip: true,
    }),
    Plot.line(points, { x: 'lag', y: 'value', stroke, strokeWidth: 1.4 }),
    Plot.dot(points, { x: 'lag', y: 'value', fill: stroke, r: 3 }),
  ];
}

/** The powers of ten alone. */
function powers(value: number): string {
  const exponent = Math.log10(value);
  return Math.abs(exponent - Math.round(exponent)) < 1e-6 ? digits(value, 3) : '';
}

function caption({ cv, points }: { cv: string; points: Point[] }, lag: number, unit: string): string {
  const at = points.reduce((best, point) =>
    Math.abs(point.lag - lag) < Math.abs(best.lag - lag) ? point : best,
  );
  return `Implied time scales −τ/ln λ of the CVs as written, λ the autocorrelation of each CV's slowest function on held-out blocks of time; bars are 68 % (jackknife over blocks). A curve that is level is of a process that the CVs follow; below the line (grey) a time scale is shorter than its lag and says nothing. At ${compact(at.lag)} ${unit} (dashed) that of ${cv} is ${compact(at.value)} ${unit} (${compact(at.lower)} to ${compact(at.upper)}).`;
}
