import * as Plot from '@observablehq/plot';
import { plotSvg } from '../plot-svg.js';
import type { Quantity, WindowsData } from '../report-data.js';
import { sheet } from '../sheet.js';
import { stateColours, theme } from '../theme.js';
import { axis, axisTitle, upright } from './axes.js';
import type { Figure } from './figure.js';

/** Where along the CV the frames of each window lie. */
export function windowHistogramsFigure({ windows, lower, upper }: WindowsData, cv: Quantity): Figure {
  const curves = windows.map(({ counts }, i) => {
    const total = counts.reduce((sum, count) => sum + count, 0) || 1;
    const step = (upper - lower) / counts.length;
    const points = counts.map((count, bin) => ({ at: lower + (bin + 0.5) * step, part: count / total }));
    const first = counts.findIndex((count) => count > 0);
    const last = counts.findLastIndex((count) => count > 0);
    return Plot.line(points.slice(Math.max(0, first - 1), last + 2), {
      ...{ x: 'at', y: 'part', strokeWidth: 1.4 },
      stroke: stateColours[i % stateColours.length],
    });
  });
  const bins = windows[0]?.counts.length ?? 0;
  const middles = Array.from({ length: bins }, (_, i) => lower + ((i + 0.5) * (upper - lower)) / bins);
  const svg = plotSvg(
    { id: 'window-histograms', label: `Frames of each window along ${cv.label}` },
    {
      ...{ width: theme.half, height: 300 },
      x: axis({ ...cv, domain: [lower, upper] }),
      y: upright({ label: 'Part of the frames' }, { grid: true, ticks: 5 }),
      marks: [...curves, Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 })],
    },
  );
  return {
    id: 'window-histograms',
    width: 'half',
    body: sheet(`Frames of each window along ${cv.label}`, [svg]),
    data: [
      {
        columns: [
          { name: axisTitle(cv), values: middles },
          ...windows.map(({ name, counts }) => ({ name: `frames of ${name}`, values: counts })),
        ],
      },
    ],
    caption: `Frames of each window along ${cv.label}, each by its own number of frames; neighbours have to overlap, along what is not shown as well.`,
  };
}
