import { LatentcvError, expectNumbers, expectWhole } from '../support/index.js';
import { expectSegments, type Segment } from '../frames/index.js';
import { framesIn, wholeRun } from './segments.js';

export interface Autocorrelation {
  /** Integrated autocorrelation time in frames: `½ + Σ ρ(t)`. */
  time: number;
  /** Statistical inefficiency `2·time`: so many frames are worth one independent frame. */
  inefficiency: number;
  /** Frames over which ρ was summed. */
  window: number;
}

/**
 * Integrated autocorrelation time of a series `[frames]`, summed to Sokal's window: the first t with
 * `t ≥ 5 τ(t)` (Sokal 1997, doi:10.1007/978-1-4899-0319-8_6). Pairs never cross the end of a range.
 * A window as long as the runs themselves means that they are too short for the answer.
 * @param mostLags the longest window
 * @throws `bad-data` for a constant series.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function autocorrelation(
  values: Float64Array,
  ranges: readonly Segment[] = wholeRun(values.length),
  mostLags = Number.MAX_SAFE_INTEGER,
): Autocorrelation {
  expectNumbers(values, 'values');
  expectSegments(ranges, values.length, 'ranges');
  expectWhole(mostLags, 'mostLags', 1);
  const mean = meanOf(values, ranges);
  const variance = laggedProduct(values, ranges, mean, 0);
  if (!(variance > 0)) {
    throw new LatentcvError('bad-data', 'expected values that vary but every frame has the same');
  }
  const runs = ranges.map(({ start, end }) => end - start);
  const longest = Math.min(
    mostLags,
    runs.reduce((a, b) => Math.max(a, b), 0),
  );
  let time = 0.5;
  let window = 1;
  for (; window < longest; window++) {
    time += laggedProduct(values, ranges, mean, window) / variance;
    if (window >= 5 * time) break;
  }
  return { time, inefficiency: 2 * time, window };
}

function meanOf(values: Float64Array, ranges: readonly Segment[]): number {
  let sum = 0;
  for (const { start, end } of ranges) for (let i = start; i < end; i++) sum += values[i];
  return sum / framesIn(ranges);
}

function laggedProduct(values: Float64Array, ranges: readonly Segment[], mean: number, lag: number): number {
  let sum = 0;
  let pairs = 0;
  for (const { start, end } of ranges) {
    for (let i = start; i + lag < end; i++) sum += (values[i] - mean) * (values[i + lag] - mean);
    pairs += Math.max(0, end - start - lag);
  }
  return pairs > 0 ? sum / pairs : 0;
}
