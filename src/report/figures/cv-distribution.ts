import * as Plot from '@observablehq/plot';
import type { CvDistribution, GroupCounts } from '../../diagnostics/index.js';
import type { CvBasins } from '../../kinetics/index.js';
import { percent } from '../../support/index.js';
import { html } from '../markup.js';
import { plotSvg } from '../plot-svg.js';
import { stateColours as colours, theme } from '../theme.js';
import { axis, upright } from './axes.js';
import { lineKey } from './colours.js';
import type { Figure } from './figure.js';

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
    body: html`${lineKey(key)}${svg}`,
    caption: `${cv} of the frames by ${by === 'source' ? 'file' : 'basin of the first CV'}, each by its own number of frames (square-root scale).${first ? ` ${basinsInWords(basins)}` : ''}`,
  };
}

function outline({ counts }: GroupCounts, lower: number, upper: number, stroke: string): Plot.Markish {
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  const step = (upper - lower) / counts.length;
  return Plot.line(
    counts.map((count, i) => ({ at: lower + (i + 0.5) * step, part: count / total })),
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

/** Paths without the folders that all of them share. */
function withoutCommonEnds(names: readonly string[]): string[] {
  const words = names.map((name) => name.split('/'));
  let front = 0;
  while (words.every((each) => each.length > front + 1 && each[front] === words[0][front])) front++;
  let back = 0;
  while (
    words.length > 1 &&
    words.every((each) => each.length > front + back + 1 && each.at(-1 - back) === words[0].at(-1 - back))
  )
    back++;
  return words.map((each) => each.slice(front, each.length - back).join('/'));
}
