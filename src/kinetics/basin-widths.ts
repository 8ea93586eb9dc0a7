import type { Segment } from '../frames/index.js';
import { cvBasins, type CvBasin } from './cv-basins.js';

/** Full width at half maximum of a Gaussian, in its standard deviations: 2 √(2 ln 2). */
const halfMaximum = 2 * Math.sqrt(2 * Math.LN2);

/**
 * How wide the narrowest basin of each CV is: the smallest over its basins (`cvBasins`) of the standard deviation of the frames within,
 * or of what a Gaussian has that is as wide at half of its height, where that is smaller (tails make the former too wide).
 * @param cv row-major `[frames, k]`, no column constant
 * @param time ps
 * @param weights of the frames, mean 1
 * @returns `[k]`, in units of the CVs
 * @throws LatentcvError `bad-data` for a constant CV
 */
export function narrowestBasins(
  cv: Float64Array,
  k: number,
  { time, segments }: { time: Float64Array; segments: readonly Segment[] },
  weights?: ArrayLike<number>,
): number[] {
  const frames = cv.length / k;
  return Array.from({ length: k }, (_, j) => {
    const own = Float64Array.from({ length: frames }, (_, frame) => cv[frame * k + j]);
    const { basins } = cvBasins(own, time, segments, weights);
    return Math.min(...basins.map((basin) => widthOf(basin, own, weights)));
  });
}

function widthOf(
  { lower, upper, core }: CvBasin,
  cv: Float64Array,
  weights: ArrayLike<number> | undefined,
): number {
  let [weight, mean, squares] = [0, 0, 0];
  cv.forEach((value, frame) => {
    if (value < lower || value >= upper) return;
    const own = weights?.[frame] ?? 1;
    weight += own;
    const away = value - mean;
    mean += (own / weight) * away;
    squares += own * away * (value - mean);
  });
  return Math.min(Math.sqrt(squares / weight), (core[1] - core[0]) / halfMaximum);
}
