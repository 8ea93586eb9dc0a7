import * as Plot from '@observablehq/plot';
import type { BlockPoint, DeltaF } from '../../free-energy/index.js';
import { fixed } from '../format.js';
import { plotSvg } from '../plot-svg.js';
import { sheet } from '../sheet.js';
import { theme } from '../theme.js';
import type { Units } from '../units.js';
import { axis, upright } from './axes.js';
import type { Figure } from './figure.js';

/** Standard error of ΔF against the number of blocks, the one that was used marked. */
export function blockAnalysis(
  { scan, blocks, error, agreement, reliable }: DeltaF,
  { energy }: Units,
): Figure {
  const points = scan.filter((point) => Number.isFinite(point.error));
  const used = error === null ? null : error / (agreement?.birge ?? 1);
  const domain = [1.8, 1.1 * Math.max(4, ...points.map((point) => point.blocks))];
  const svg = plotSvg(
    { id: 'blocks', label: 'Standard error against the number of blocks' },
    {
      width: theme.half,
      height: 300,
      x: axis({ label: 'Number of blocks' }, { type: 'log', domain, tickFormat: plain }),
      y: upright({ label: 'Error of ΔF', unit: energy }, { zero: true, grid: true, nice: true }),
      marks: [
        Plot.ruleX([blocks], { stroke: theme.muted, strokeDasharray: '3 3' }),
        Plot.ruleX(points, {
          x: 'blocks',
          y1: (point: BlockPoint) => Math.max(0, point.error - point.uncertainty),
          y2: (point: BlockPoint) => point.error + point.uncertainty,
          stroke: theme.a,
          strokeOpacity: 0.35,
          strokeWidth: 3,
          clip: true,
        }),
        Plot.dot(points, { x: 'blocks', y: 'error', fill: theme.a, r: 3 }),
        used === null
          ? null
          : Plot.dot([{ blocks, error: used }], {
              x: 'blocks',
              y: 'error',
              fill: theme.b,
              r: 5,
              stroke: 'white',
            }),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
  const taken = used === null ? '' : ` ${blocks} blocks (orange) were used: ${fixed(used, 2)} ${energy}.`;
  const doubt = reliable ? '' : ' The error is not reliable: see the findings above.';
  return {
    id: 'blocks',
    width: 'half',
    body: sheet('Standard error against the number of blocks', [svg]),
    data: [
      {
        columns: [
          { name: 'blocks', values: points.map((point) => point.blocks) },
          { name: `error of ΔF (${energy})`, values: points.map((point) => point.error) },
          { name: `its uncertainty (${energy})`, values: points.map((point) => point.uncertainty) },
        ],
      },
    ],
    caption: `Standard error of ΔF against the number of blocks; bars are its own uncertainty. To the right blocks are shorter than the correlation in the run and the error comes out too small.${taken}${doubt}`,
  };
}

/** Powers of ten and their doubles and fives in plain figures. */
function plain(value: number): string {
  const mantissa = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
  return [1, 2, 5].includes(Math.round(mantissa * 1e6) / 1e6) ? String(value) : '';
}
