import * as Plot from '@observablehq/plot';
import { isWithin } from '../../sampling/index.js';
import { evenlySpaced } from '../decimate.js';
import { fixed } from '../format.js';
import { plotSvg } from '../plot-svg.js';
import type { CvOnFrames, Quantity, States } from '../report-data.js';
import { sheet, type Panel } from '../sheet.js';
import { mostPoints, theme } from '../theme.js';
import { axis, axisTitle, fitted, upright } from './axes.js';
import { stateColour, stateKey } from './colours.js';
import { countInWords } from './cv-map.js';
import { chosen, type Figure } from './figure.js';
import { points } from './points.js';

/** The CV of frames against each coordinate, one panel above the other, coloured by state. */
export function cvAgainst(
  frames: CvOnFrames,
  x: Quantity,
  y: Quantity,
  cv: Quantity,
  states: States | undefined,
): Figure {
  const colour = stateColour(frames.x, states);
  const panels = [panel({ id: 'x', coordinate: x, values: frames.x }, frames, cv, colour)];
  if (frames.y) panels.push(panel({ id: 'y', coordinate: y, values: frames.y }, frames, cv, colour));
  const against = frames.y ? `${x.label} and against ${y.label}` : x.label;
  const indices = evenlySpaced(frames.x.length, mostPoints);
  const drawn = indices.length;
  return {
    id: 'cv-against',
    width: 'half',
    body: sheet(`${cv.label} against ${against}`, panels, stateKey(states)),
    data: [
      {
        columns: [
          { name: axisTitle(cv), values: chosen(frames.cv, indices) },
          { name: axisTitle(x), values: chosen(frames.x, indices) },
          ...(frames.y ? [{ name: axisTitle(y), values: chosen(frames.y, indices) }] : []),
        ],
      },
    ],
    caption: `${cv.label} of the ${frames.of === 'run' ? 'run’s' : 'training'} frames against ${against}${states ? ', coloured by state' : ''}. ${countInWords(drawn, frames.total ?? frames.x.length)}${states ? separation(frames, cv, states) : ''}`,
  };
}

function panel(
  { id, coordinate, values }: { id: string; coordinate: Quantity; values: ArrayLike<number> },
  frames: CvOnFrames,
  cv: Quantity,
  colour: (index: number) => string,
): Panel {
  const indices = evenlySpaced(values.length, mostPoints);
  return plotSvg(
    { id: `cv-against-${id}`, label: `${cv.label} against ${coordinate.label}` },
    {
      width: theme.half,
      height: 218,
      x: axis(fitted(coordinate, values)),
      y: upright(fitted(cv, frames.cv), { ticks: 5 }),
      marks: [
        points({ x: values, y: frames.cv, indices, size: 2.2, colour, opacity: 0.6 }),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
}

/** How well a threshold on the CV tells the states apart, as the reader can see it. */
function separation(frames: CvOnFrames, cv: Quantity, states: States): string {
  const inB = Array.from(frames.x, (value) => isWithin(value, states.interval));
  const accuracy = balancedAccuracy(Array.from(frames.cv), inB);
  if (accuracy === undefined) return '';
  return ` The best threshold on ${cv.label} tells ${states.b} from ${states.a} with a balanced accuracy of ${fixed(accuracy, 3)}.`;
}

/** Balanced accuracy of the best threshold; undefined where one of the classes is empty. */
export function balancedAccuracy(values: number[], positive: boolean[]): number | undefined {
  const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
  const positives = positive.filter(Boolean).length;
  const negatives = values.length - positives;
  if (!positives || !negatives) return undefined;
  let [below, negativesBelow, best] = [0, 0, 0.5];
  order.forEach((frame, rank) => {
    if (positive[frame]) below++;
    else negativesBelow++;
    if (values[frame] === values[order[rank + 1]]) return;
    const accuracy = (1 - below / positives + negativesBelow / negatives) / 2;
    best = Math.max(best, accuracy, 1 - accuracy);
  });
  return best;
}
