import { LatentcvError } from '../support/index.js';
import { framesIn, type WeightedSample } from '../sampling/index.js';
import type { ModeColumn } from './mode-axes.js';

/** Where a column's frames lie. */
export interface Extent {
  /** Lowest and highest value. */
  all: readonly [number, number];
  /** How far apart the values lie: a period, or what 99.8 % of the frames are within. */
  range: number;
}

/** Frames outside of these parts do not tell how wide a column is. */
const tails = 0.001;

/** Width of a Gaussian kernel for the density of so many frames of a Gaussian, in its standard deviations: Silverman 1986, 4.14. */
export function kernelFactor(frames: number, dimensions: number): number {
  return (4 / ((dimensions + 2) * Math.max(2, frames))) ** (1 / (dimensions + 4));
}

/**
 * How wide a column is.
 * @throws LatentcvError `bad-data` where all frames have one value
 */
export function extentOf({ label, values, period }: ModeColumn, sample: WeightedSample): Extent {
  const [least, most] = extremes(values, sample);
  if (!(most > least))
    throw new LatentcvError(
      'bad-data',
      `expected ${label} to vary from frame to frame but it is ${least} in all`,
    );
  if (period) return { all: [least, most], range: period[1] - period[0] };
  const sorted = Float64Array.from(thinned(sample, 1 << 16), (frame) => values[frame]).sort();
  const quantile = (part: number): number => sorted[Math.round(part * (sorted.length - 1))];
  return { all: [least, most], range: quantile(1 - tails) - quantile(tails) || most - least };
}

/** Mean and standard deviation over frames, by their weights. */
export function spreadOf(
  frames: Iterable<number>,
  value: (frame: number) => number,
  { weights }: Pick<WeightedSample, 'weights'>,
): { mean: number; deviation: number } {
  let [total, mean, squares] = [0, 0, 0];
  for (const frame of frames) {
    const weight = weights[frame];
    if (!(weight > 0)) continue;
    total += weight;
    const off = value(frame) - mean;
    mean += (weight / total) * off;
    squares += weight * off * (value(frame) - mean);
  }
  return { mean, deviation: Math.sqrt(squares / total) };
}

/** About so many of the frames that count, evenly. */
export function thinned({ ranges }: Pick<WeightedSample, 'ranges'>, most: number): number[] {
  const every = strideFor(ranges, most);
  const frames: number[] = [];
  for (const { start, end } of ranges)
    for (let frame = start; frame < end; frame += every) frames.push(frame);
  return frames;
}

export const strideFor = (ranges: WeightedSample['ranges'], most: number): number =>
  Math.max(1, Math.ceil(framesIn(ranges) / most));

function extremes(values: ModeColumn['values'], { ranges }: WeightedSample): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const { start, end } of ranges)
    for (let frame = start; frame < end; frame++) {
      if (values[frame] < least) least = values[frame];
      if (values[frame] > most) most = values[frame];
    }
  return [least, most];
}
