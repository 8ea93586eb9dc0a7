import type { Segment } from '../../frames/index.js';
import { autocorrelation } from '../autocorrelation.js';

/** So many lags are summed before frames are averaged two by two. */
const mostLags = 200;

/**
 * Statistical inefficiency of a series `[frames]` in these ranges, from 1: so many frames are worth one. Sokal's window (see
 * `autocorrelation`); where it is longer than 200 frames two after the other become one, which changes neither the mean nor its
 * variance, so that slow series cost no more. 1 for a series that does not vary.
 */
export function statisticalInefficiency(values: Float64Array, ranges: readonly Segment[]): number {
  let [series, parts, merged, variance] = [values, ranges, 1, 0];
  for (;;) {
    const own = varianceOf(series, parts);
    if (own === 0) return 1;
    if (merged === 1) variance = own;
    const { inefficiency, window } = autocorrelation(series, parts, mostLags);
    const found = (inefficiency * merged * own) / variance;
    const next = window < mostLags ? undefined : averaged(series, parts);
    if (!next) return Math.max(1, found);
    [series, parts, merged] = [next.values, next.ranges, 2 * merged];
  }
}

/** Two frames after the other become one; undefined where no two are left in any range. */
function averaged(
  values: Float64Array,
  ranges: readonly Segment[],
): { values: Float64Array; ranges: Segment[] } | undefined {
  const pairs = ranges.map(({ start, end }) => (end - start) >> 1).filter((count) => count > 0);
  const half = new Float64Array(pairs.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (const { start, end } of ranges)
    for (let frame = start; frame + 1 < end; frame += 2) half[at++] = (values[frame] + values[frame + 1]) / 2;
  let from = 0;
  const parts = pairs.map((count) => ({ start: from, end: (from += count) }));
  return half.length > mostLags ? { values: half, ranges: parts } : undefined;
}

function varianceOf(values: Float64Array, ranges: readonly Segment[]): number {
  let [count, mean, squares] = [0, 0, 0];
  for (const { start, end } of ranges)
    for (let frame = start; frame < end; frame++) {
      const away = values[frame] - mean;
      mean += away / ++count;
      squares += away * (values[frame] - mean);
    }
  return squares / count;
}
