import * as Plot from '@observablehq/plot';
import type { CvDistribution, GroupCounts } from '../../diagnostics/index.js';
import type { CvBasins } from '../../kinetics/index.js';
import { percent } from '../../support/index.js';
import { plotSvg } from '../plot-svg.js';
import { withoutCommonEnds } from '../format.js';
import { sheet } from '../sheet.js';
import { stateColours as colours, theme } from '../theme.js';
import { axis, upright } from './axes.js';
import { lineKey } from './colours.js';
import type { Figure, FigureColumn } from './figure.js';

/** Histogram of a CV by file, or by basin of the first CV. */
export function cvDistributionFigure(
  { cv, lower, upper, bySource, byBasin }: CvDistribution,
  by: 'source' | 'basin',
  basins: CvBasins,
  first: boolean,
): Figure {
  const groups = (by === 'source' ? bySource : byBasin).slice(0, colours.length);
  const names =
    by === 'source' ? withoutCommonEnds(groups.map(({ name }) => name)) : groups.map(({ name }) => name);
  const id = `distribution-${cv.replace(/\W+/g, '-')}-${by}`;
  const svg = plotSvg(
    { id, label: `Frames along ${cv} by ${by}` },
    {
      width: theme.half,
      height: 260,
      x: axis({ label: cv, domain: [lower, upper] }),
      y: upright({ label: 'Part of the frames' }, { type: 'sqrt', grid: true, ticks: 5 }),
      marks: [
        ...(first
          ? [
              Plot.ruleX(
                basins.barriers.map((b) => b.position),
                { stroke: theme.muted, strokeDasharray: '3 3' },
              ),
            ]
          : []),
        ...groups.map((group, i) => outline(group, lower, upper, colours[i])),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
  const key = names.map((name, i): [string, string] => [name, colours[i]]);
  return {
    id,
    width: 'half',
    body: sheet(`Frames along ${cv} by ${by}`, [svg], lineKey(key)),
    data: [{ columns: histogramColumns(cv, [lower, upper], groups, names) }],
    caption: `${cv} of the frames by ${by === 'source' ? 'file' : 'basin of the first CV'}, each by its own number of frames (square-root scale).${first ? ` ${basinsInWords(basins)}` : ''}`,
  };
}

function histogramColumns(
  cv: string,
  [lower, upper]: readonly [number, number],
  groups: readonly GroupCounts[],
  names: readonly string[],
): FigureColumn[] {
  const bins = groups[0]?.counts.length ?? 0;
  const step = (upper - lower) / bins;
  return [
    { name: cv, values: Array.from({ length: bins }, (_, bin) => lower + (bin + 0.5) * step) },
    ...groups.map(({ counts }, i) => ({ name: `part of the frames of ${names[i]}`, values: parts(counts) })),
  ];
}

/** Of their sum. */
function parts(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  return counts.map((count) => count / total);
}

function outline({ counts }: GroupCounts, lower: number, upper: number, stroke: string): Plot.Markish {
  const step = (upper - lower) / counts.length;
  return Plot.line(
    parts(counts).map((part, i) => ({ at: lower + (i + 0.5) * step, part })),
    { x: 'at', y: 'part', stroke, strokeWidth: 1.6, curve: 'step' },
  );
}

function basinsInWords({ basins, barriers }: CvBasins): string {
  const parts = basins.map(({ fraction }) => percent(fraction)).join(', ');
  if (barriers.length === 0) return 'They form one basin.';
  const between = barriers
    .map(({ frames, crossings }) => `${frames} frames and ${crossings} crossings`)
    .join('; ');
  return `${basins.length} basins of ${parts} of the frames; between them (dashed) ${between}.`;
}
