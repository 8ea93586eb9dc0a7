import type { CvBarrier } from '../kinetics/index.js';
import type { GradientSample } from './model-values.js';

/** Parts of a barrier that are looked at apart, and how many frames a part must have. */
const parts = 10;
const fewest = 8;

/**
 * How rough a CV is across its barriers: the standard deviation of ln|∇cv| among frames with the same CV (in tenths of
 * the stretch between two cores; inputs by their deviations). 0 for a linear CV, and the same for any monotone function of
 * a CV. A rough one asks for other forces in places that it calls the same.
 * Undefined where no tenth holds eight frames.
 * @param cv the CV on all frames
 * @param component which CV of the gradients it is
 */
export function roughness(
  cv: Float64Array,
  component: number,
  { frames, length }: GradientSample,
  barriers: readonly CvBarrier[],
): number | undefined {
  const k = length.length / frames.length;
  let [squares, count] = [0, 0];
  for (const { between } of barriers) {
    for (const logarithms of slices(between, cv, frames, (i) => Math.log(length[i * k + component]))) {
      if (logarithms.length < fewest) continue;
      squares += sumOfSquares(logarithms);
      count += logarithms.length - 1;
    }
  }
  return count > 0 ? Math.sqrt(squares / count) : undefined;
}

/** Values of the frames in each tenth of a stretch; such that are not finite are left out. */
function slices(
  [from, to]: readonly [number, number],
  cv: Float64Array,
  frames: Int32Array,
  valueOf: (index: number) => number,
): number[][] {
  const out: number[][] = Array.from({ length: parts }, () => []);
  frames.forEach((frame, i) => {
    const part = Math.floor((parts * (cv[frame] - from)) / (to - from));
    const value = valueOf(i);
    if (part >= 0 && part < parts && Number.isFinite(value)) out[part].push(value);
  });
  return out;
}

function sumOfSquares(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
