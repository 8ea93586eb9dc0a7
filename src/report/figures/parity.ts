import * as Plot from '@observablehq/plot';
import { usualLevel, type PropertyRecord } from '../../properties/index.js';
import { compact, fixed } from '../format.js';
import { plotSvg } from '../plot-svg.js';
import { sheet } from '../sheet.js';
import { theme } from '../theme.js';
import { axis, fitted, upright } from './axes.js';
import type { Figure } from './figure.js';
import { points } from './points.js';

/** A property as it was predicted against what was measured, on rows that were not learned from, with the interval's ends. */
export function parity(
  { name, metrics, intervals, spread, parity: shown }: PropertyRecord,
  number: number,
): Figure {
  const label = `${name} as predicted against ${name} as measured`;
  const both = [...shown.measured, ...shown.predicted];
  const { domain = [0, 1] } = fitted({ label: name }, both);
  const interval = intervals.find(({ level }) => level === usualLevel);
  const width = interval?.halfWidth ?? null;
  const line = (by: number, dash: string | undefined) =>
    Plot.line(
      domain.map((value) => [value, value + by]),
      { stroke: theme.ink, strokeOpacity: 0.6, strokeDasharray: dash, clip: true },
    );
  return {
    id: `parity-${number}`,
    width: 'half',
    body: sheet(label, [
      plotSvg(
        { id: `parity-${number}`, label },
        {
          width: theme.half,
          height: theme.half - 60,
          x: axis({ label: `${name}, measured`, domain }),
          y: upright({ label: `${name}, predicted`, domain }),
          marks: [
            points({
              x: shown.measured,
              y: shown.predicted,
              indices: shown.measured.map((_, i) => i),
              size: 3,
              colour: () => theme.a,
              opacity: 0.5,
            }),
            line(0, undefined),
            ...(width === null ? [] : [line(width, '4 3'), line(-width, '4 3')]),
            Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
          ],
        },
      ),
    ]),
    data: [
      {
        columns: [
          { name: `${name}, measured`, values: shown.measured },
          { name: `${name}, predicted`, values: shown.predicted },
        ],
      },
    ],
    caption: `${name} of ${metrics.rows} rows that were not learned from${shown.measured.length < metrics.rows ? ` (${shown.measured.length} drawn)` : ''}: R² ${fixed(metrics.r2, 3)}, MAE ${compact(metrics.mae)}${width === null ? '' : `; ${100 * usualLevel} % lie within ±${compact(width)} (dashed)${spread === undefined ? '' : ', more where the members disagree more'}`}.`,
  };
}
