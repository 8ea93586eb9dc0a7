import * as Plot from '@observablehq/plot';
import { plotSvg } from '../plot-svg.js';
import type { WindowsData } from '../report-data.js';
import { sheet } from '../sheet.js';
import { theme } from '../theme.js';
import { axis, upright } from './axes.js';
import { colourBar, colourScale } from './colours.js';
import type { Figure } from './figure.js';

/** More states than this are numbered on the axes by tens. */
const fewStates = 16;

/** The overlap matrix: how likely a frame of one window is to come from another. */
export function windowOverlapFigure({ states, overlap }: WindowsData): Figure | undefined {
  if (states.length < 2) return undefined;
  const colour = colourScale([0, 1]);
  const cells = overlap.flatMap((row, i) => row.map((value, j) => ({ i, j, value })));
  const height = 420;
  const edges: [number, number] = [-0.5, states.length - 0.5];
  const every = states.length > fewStates ? 10 : 1;
  const ticks = states.map((_, i) => i).filter((i) => i % every === 0);
  const names = { ticks, tickFormat: (i: number) => states[i]?.name ?? '' };
  const svg = plotSvg(
    { id: 'window-overlap', label: 'Overlap of windows' },
    {
      ...{ width: 452, height, marginLeft: 80 },
      x: axis(
        { label: 'Window', domain: edges },
        { ...names, ...(states.length > 6 && { tickRotate: -45 }) },
      ),
      y: upright({ label: 'Window', domain: edges }, names),
      color: { type: 'identity' },
      marks: [
        Plot.rect(cells, {
          x1: ({ i }: { i: number }) => i - 0.5,
          x2: ({ i }: { i: number }) => i + 0.5,
          y1: ({ j }: { j: number }) => j - 0.5,
          y2: ({ j }: { j: number }) => j + 0.5,
          fill: ({ value }: { value: number }) => colour(Math.sqrt(value)),
          shapeRendering: 'crispEdges',
        }),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
  const least = Math.min(...states.slice(1).map((_, i) => Math.min(overlap[i][i + 1], overlap[i + 1][i])));
  return {
    id: 'window-overlap',
    width: 'half',
    body: sheet('Overlap of windows', [
      [svg, colourBar('window-overlap', { label: '√ overlap', domain: [0, 1] }, height)],
    ]),
    data: [
      {
        columns: [
          { name: 'window', values: states.map(({ name }) => name), each: states.length },
          { name: 'other window', values: states.map(({ name }) => name), each: 1 },
          { name: 'overlap', values: cells.map(({ value }) => value) },
        ],
      },
    ],
    caption: `How likely a frame of one window is to come from another, by MBAR; a row sums to 1. Of two that follow one another the least is ${least < 0.005 ? 'below 0.01' : least.toFixed(2)}; less than 0.03 hardly joins them.`,
  };
}
