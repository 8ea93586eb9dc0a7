import { LatentcvError } from '../../support/index.js';
import type { Numbers, WeightedSample } from '../../sampling/index.js';
import type { Segment } from '../../frames/index.js';

/**
 * Where the frames of a coordinate lie: a histogram so fine that its bins do not matter beside any bandwidth.
 * It stands for the sorted frames, of which there may be too many to sort.
 */
export interface CoordinateSpread {
  /** Lowest and highest value. */
  lower: number;
  upper: number;
  /** Frames in each bin. */
  frames: Float64Array;
  /** Their weight. */
  weights: Float64Array;
}

export const spreadBins = 1 << 16;

/**
 * The spread of the kept frames' values `[frames]`.
 * @throws `bad-data` at a value that is not finite.
 */
export function coordinateSpread(values: Numbers, { ranges, weights }: WeightedSample): CoordinateSpread {
  const [lower, upper] = extent(values, ranges);
  const spread = {
    lower,
    upper,
    frames: new Float64Array(spreadBins),
    weights: new Float64Array(spreadBins),
  };
  const scale = upper > lower ? (spreadBins * (1 - 1e-12)) / (upper - lower) : 0;
  for (const { start, end } of ranges) {
    for (let frame = start; frame < end; frame++) {
      const bin = ((values[frame] - lower) * scale) | 0;
      spread.frames[bin]++;
      spread.weights[bin] += weights[frame];
    }
  }
  return spread;
}

function extent(values: Numbers, ranges: readonly Segment[]): [number, number] {
  let [lower, upper] = [Infinity, -Infinity];
  for (const { start, end } of ranges) {
    for (let frame = start; frame < end; frame++) {
      const value = values[frame];
      if (!(Math.abs(value) < Infinity)) {
        throw new LatentcvError('bad-data', `expected a finite coordinate but frame ${frame} has ${value}`);
      }
      if (value < lower) lower = value;
      if (value > upper) upper = value;
    }
  }
  return [lower, upper];
}

/** The middle of a bin. */
export function binMiddle({ lower, upper }: CoordinateSpread, bin: number): number {
  return lower + ((bin + 0.5) * (upper - lower)) / spreadBins;
}

/** The value below which this fraction of `amounts` (frames or weights, by bin) lies, linear within its bin. */
export function quantile(
  { lower, upper }: CoordinateSpread,
  amounts: Float64Array,
  fraction: number,
): number {
  const wanted = fraction * amounts.reduce((a, b) => a + b, 0);
  let sum = 0;
  for (let bin = 0; bin < spreadBins; bin++) {
    if (amounts[bin] > 0 && sum + amounts[bin] >= wanted) {
      return lower + ((bin + (wanted - sum) / amounts[bin]) * (upper - lower)) / spreadBins;
    }
    sum += amounts[bin];
  }
  return upper;
}

/** Weighted mean; of a periodic coordinate the circular one, for which half a period is furthest away. */
export function meanOf(spread: CoordinateSpread, period?: number): number {
  const turn = period === undefined ? 0 : (2 * Math.PI) / period;
  let [sum, total, sine, cosine] = [0, 0, 0, 0];
  spread.weights.forEach((weight, bin) => {
    if (weight === 0) return;
    const value = binMiddle(spread, bin);
    sum += weight * value;
    total += weight;
    sine += weight * Math.sin(turn * value);
    cosine += weight * Math.cos(turn * value);
  });
  return period === undefined ? sum / total : Math.atan2(sine, cosine) / turn;
}

/** Deviations from a place, each within half a period of it. */
export function unwrappedAbout(place: number, period: number, spread: CoordinateSpread): CoordinateSpread {
  const frames = new Float64Array(spreadBins);
  const weights = new Float64Array(spreadBins);
  spread.weights.forEach((weight, bin) => {
    const turns = (binMiddle(spread, bin) - place) / period;
    const to = Math.min(spreadBins - 1, Math.floor((turns - Math.round(turns) + 0.5) * spreadBins));
    frames[to] += spread.frames[bin];
    weights[to] += weight;
  });
  return { lower: -period / 2, upper: period / 2, frames, weights };
}
