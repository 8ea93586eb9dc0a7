import { LatentcvError } from '../support/index.js';
import type { Numbers, WeightedSample } from '../sampling/index.js';
import {
  type AxisOptions,
  binMiddle,
  coordinateSpread,
  type CoordinateSpread,
  meanOf,
  quantile,
  unwrappedAbout,
} from './axes/index.js';

/** What `defaultBandwidth` does, for logs and captions. */
export const bandwidthRule =
  "Silverman's rule with the weighted spread and Kish's effective number of frames, at most 1/150 of the sampled range";

/**
 * Width of a Gaussian kernel, in the coordinate's unit, for `dimensions` = 1 or 2.
 *
 * Silverman's rule of thumb (Density Estimation, 1986, doi:10.1201/9781315140919): `0.9 A n^(-1/5)` in one
 * dimension and `A n^(-1/6)` in two, A the smaller of standard deviation and interquartile range / 1.34 of the
 * weighted frames, n Kish's effective number of frames. The rule knows one well and would smooth several into
 * each other, so h is also kept to 1/150 (two dimensions: 1/100) of the range that was sampled; and it is
 * never below 1/5000 (1/300) of it, far finer than any grid.
 */
export function defaultBandwidth(
  values: Numbers,
  sample: WeightedSample,
  dimensions: 1 | 2,
  options: Pick<AxisOptions, 'period'> = {},
): number {
  return bandwidthOf(coordinateSpread(values, sample), sample.effectiveSize, dimensions, options);
}

/** The same from a spread that is known already. */
export function bandwidthOf(
  spread: CoordinateSpread,
  effectiveSize: number,
  dimensions: 1 | 2,
  { period }: Pick<AxisOptions, 'period'> = {},
): number {
  if (!(spread.upper > spread.lower))
    throw new LatentcvError('bad-data', 'expected a coordinate that varies from frame to frame');
  const sampled = period ? period[1] - period[0] : spread.upper - spread.lower;
  const n = Math.max(2, effectiveSize);
  const opened = period ? unwrappedAbout(meanOf(spread, sampled), sampled, spread) : spread;
  const scale = weightedSpread(opened);
  const silverman = dimensions === 1 ? 0.9 * scale * n ** (-1 / 5) : scale * n ** (-1 / 6);
  const least = sampled / (dimensions === 1 ? 5000 : 300);
  return Math.max(least, Math.min(silverman, sampled / (dimensions === 1 ? 150 : 100)));
}

/** The smaller of the standard deviation and the interquartile range / 1.34. */
function weightedSpread(spread: CoordinateSpread): number {
  const { weights } = spread;
  const mean = meanOf(spread);
  let [total, squares] = [0, 0];
  weights.forEach((weight, bin) => {
    total += weight;
    squares += weight * (binMiddle(spread, bin) - mean) ** 2;
  });
  const deviation = Math.sqrt(squares / total);
  const quartiles = quantile(spread, weights, 0.75) - quantile(spread, weights, 0.25);
  return quartiles > 0 ? Math.min(deviation, quartiles / 1.34) : deviation;
}
