import { LatentcvError } from '../support/errors.js';
import type { AxisOptions } from './grid.js';
import type { WeightedSample } from '../sampling/reweight.js';

/** What `defaultBandwidth` does, for logs and captions. */
export const bandwidthRule =
  "Silverman's rule with the weighted spread and Kish's effective number of frames, at most 1/150 of the sampled range";

/**
 * Width of a Gaussian kernel, in the coordinate's unit, for `dimensions` = 1 or 2.
 *
 * Silverman's rule of thumb (Density Estimation, 1986, doi:10.1201/9781315140919): `0.9 A n^(-1/5)` in one
 * dimension and `A n^(-1/6)` in two, A the smaller of standard deviation and interquartile range / 1.34 of the
 * weighted frames, n Kish's effective number of frames. A kernel smears a well's density onto the barrier
 * beside it by a factor `exp(s² h²/2)` for a slope of s kT per unit, so h is also kept to 1/150 (two
 * dimensions: 1/100) of the range that was sampled.
 */
export function defaultBandwidth(
  values: Float64Array,
  sample: WeightedSample,
  dimensions: 1 | 2,
  options: AxisOptions = {},
): number {
  const pairs = keptFrames(values, sample);
  const period = options.period && options.period[1] - options.period[0];
  const range = period ?? pairs.at(-1)!.value - pairs[0].value;
  const n = Math.max(2, sample.effectiveSize);
  const spread = weightedSpread(period === undefined ? pairs : unwrapped(pairs, period));
  const silverman = dimensions === 1 ? 0.9 * spread * n ** (-1 / 5) : spread * n ** (-1 / 6);
  const width = Math.min(silverman, range / (dimensions === 1 ? 150 : 100));
  if (!(width > 0))
    throw new LatentcvError('bad-data', 'expected a coordinate that varies from frame to frame');
  return width;
}

interface Weighted {
  value: number;
  weight: number;
}

function keptFrames(values: Float64Array, { ranges, weights }: WeightedSample): Weighted[] {
  const kept = ranges.flatMap(({ start, end }) =>
    Array.from({ length: end - start }, (_, i) => ({
      value: values[start + i],
      weight: weights[start + i],
    })),
  );
  return kept.sort((a, b) => a.value - b.value);
}

/** Values as deviations from their circular mean, within half a period of it, in order. */
function unwrapped(pairs: Weighted[], period: number): Weighted[] {
  const turn = (2 * Math.PI) / period;
  let [sine, cosine] = [0, 0];
  for (const { value, weight } of pairs) {
    sine += weight * Math.sin(turn * value);
    cosine += weight * Math.cos(turn * value);
  }
  const mean = Math.atan2(sine, cosine) / turn;
  const nearest = (value: number) => value - mean - period * Math.round((value - mean) / period);
  return pairs
    .map(({ value, weight }) => ({ value: nearest(value), weight }))
    .sort((a, b) => a.value - b.value);
}

function weightedSpread(sorted: Weighted[]): number {
  let [sum, total, squares] = [0, 0, 0];
  for (const { value, weight } of sorted) {
    total += weight;
    sum += weight * value;
  }
  for (const { value, weight } of sorted) squares += weight * (value - sum / total) ** 2;
  const deviation = Math.sqrt(squares / total);
  const quartiles = quantile(sorted, 0.75 * total) - quantile(sorted, 0.25 * total);
  return quartiles > 0 ? Math.min(deviation, quartiles / 1.34) : deviation;
}

function quantile(sorted: Weighted[], weightBelow: number): number {
  let sum = 0;
  for (const { value, weight } of sorted) {
    sum += weight;
    if (sum >= weightBelow) return value;
  }
  return sorted.at(-1)!.value;
}
