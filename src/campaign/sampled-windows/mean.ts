import type { Numbers } from '../../sampling/index.js';

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
