import * as Plot from '@observablehq/plot';
import { evenlySpaced } from '../decimate.js';
import { plotSvg } from '../plot-svg.js';
import type { CvOnFrames, Quantity } from '../report-data.js';
import { sheet } from '../sheet.js';
import { mostPoints, theme } from '../theme.js';
import { axis, axisTitle, fitted, upright } from './axes.js';
import { colourBar, colourScale } from './colours.js';
import { chosen, type Figure } from './figure.js';
import { points } from './points.js';

/** Training frames over two coordinates (for torsions: a Ramachandran plot), coloured by the CV. */
export function cvMap(
  frames: CvOnFrames & { y: ArrayLike<number> },
  x: Quantity,
  y: Quantity,
  cv: Quantity,
): Figure {
  const indices = evenlySpaced(frames.x.length, mostPoints);
  const coloured = fitted(cv, frames.cv);
  const colour = colourScale(coloured.domain!);
  const height = 420;
  const svg = plotSvg(
    { id: 'cv-map', label: `${cv.label} over ${x.label} and ${y.label}` },
    {
      width: 452,
      height,
      x: axis(fitted(x, frames.x)),
      y: upright(fitted(y, frames.y)),
      marks: [
        points({
          x: frames.x,
          y: frames.y,
          indices,
          size: 2.6,
          colour: (i) => colour(frames.cv[i]),
          opacity: 0.85,
        }),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
  return {
    id: 'cv-map',
    width: 'half',
    body: sheet(`${cv.label} over ${x.label} and ${y.label}`, [[svg, colourBar('cv-map', coloured, height)]]),
    data: [
      {
        columns: [
          { name: axisTitle(x), values: chosen(frames.x, indices) },
          { name: axisTitle(y), values: chosen(frames.y, indices) },
          { name: axisTitle(cv), values: chosen(frames.cv, indices) },
        ],
      },
    ],
    caption: `${frames.of === 'run' ? 'The run’s' : 'Training'} frames over ${x.label} and ${y.label}, coloured by ${cv.label}. ${countInWords(indices.length, frames.total ?? frames.x.length)}`,
  };
}

/** How many of the frames are drawn. */
export function countInWords(drawn: number, all: number): string {
  const frames = all.toLocaleString('en-GB');
  return drawn === all
    ? `All ${frames} frames are shown.`
    : `${drawn.toLocaleString('en-GB')} of ${frames} frames are shown.`;
}
