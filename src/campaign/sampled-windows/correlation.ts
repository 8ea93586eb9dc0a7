import { autocorrelation } from '../../free-energy/index.js';
import type { Segment } from '../../frames/index.js';
import { framesIn, type Numbers } from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';

/** A column with its domain, where it has one. */
export interface Series {
  values: Numbers;
  period?: readonly [number, number];
}

/** How many independent frames ranges of correlated ones are worth. */
export interface Correlation {
  /** So many frames are worth one, by the slowest of the series; 1 where none varies. */
  inefficiency: number;
  effectiveFrames: number;
}

/** By the integrated autocorrelation time of the slowest series. */
export function correlationOf(series: readonly Series[], ranges: readonly Segment[]): Correlation {
  const inefficiency = Math.max(1, ...series.map((each) => ofSeries(each, ranges)));
  return { inefficiency, effectiveFrames: framesIn(ranges) / inefficiency };
}

function ofSeries({ values, period }: Series, ranges: readonly Segment[]): number {
  const own = ranges.flatMap(({ start, end }) => [...values.subarray(start, end)]);
  let first = 0;
  const shifted = ranges.map(({ start, end }) => ({ start: first, end: (first += end - start) }));
  const series = period ? unwrapped(own, period) : Float64Array.from(own);
  try {
    return autocorrelation(series, shifted).inefficiency;
  } catch (error) {
    if (error instanceof LatentcvError && error.code === 'bad-data') return 1; // it does not vary
    throw error;
  }
}

/** About the circular mean, so that a window at the ends of the domain does not jump. */
function unwrapped(values: readonly number[], period: readonly [number, number]): Float64Array {
  const middle = meanOf(values, period);
  const length = period[1] - period[0];
  return Float64Array.from(values, (value) => value - length * Math.round((value - middle) / length));
}

/** The mean of a column; of a periodic one the circular mean, within its domain. */
export function meanOf(values: readonly number[] | Numbers, period?: readonly [number, number]): number {
  if (!period) return values.length === 0 ? NaN : [...values].reduce((a, b) => a + b, 0) / values.length;
  const [lower, upper] = period;
  const scale = (2 * Math.PI) / (upper - lower);
  let [x, y] = [0, 0];
  for (const value of values) {
    x += Math.cos((value - lower) * scale);
    y += Math.sin((value - lower) * scale);
  }
  const angle = Math.atan2(y, x);
  return lower + (angle < 0 ? angle + 2 * Math.PI : angle) / scale;
}
