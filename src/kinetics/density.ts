import type { Numbers } from '../sampling/index.js';

/** A density on an even grid, in frames (or their weight) per cell. */
export interface Density {
  at: Float64Array;
  value: Float64Array;
}

const cells = 400;
/** Kernel's width and reach in cells: 1/50 of the range. */
const width = cells / 50;
const reach = 4 * width;

/** Frames smeared by a Gaussian 1/50 of their range wide; undefined where all have one value. */
export function binnedDensity(values: Numbers, weights?: ArrayLike<number>): Density | undefined {
  let [lower, upper] = [Infinity, -Infinity];
  for (const value of values) {
    lower = Math.min(lower, value);
    upper = Math.max(upper, value);
  }
  if (!(upper > lower)) return undefined;
  const step = (upper - lower) / cells;
  const counts = new Float64Array(cells);
  values.forEach((value, frame) => {
    counts[Math.min(cells - 1, Math.floor((value - lower) / step))] += weights?.[frame] ?? 1;
  });
  return {
    at: Float64Array.from({ length: cells }, (_, i) => lower + (i + 0.5) * step),
    value: smoothed(counts),
  };
}

function smoothed(counts: Float64Array): Float64Array {
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - reach) / width) ** 2),
  );
  const total = kernel.reduce((sum, value) => sum + value, 0);
  return counts.map((_, cell) => {
    let sum = 0;
    for (let i = 0; i < kernel.length; i++) sum += (kernel[i] / total) * (counts[cell + i - reach] ?? 0);
    return sum;
  });
}

/** Cells higher than their neighbours; of a level top, its last. */
export function maximaOf(value: Float64Array): number[] {
  const found: number[] = [];
  let rising = true;
  for (let i = 0; i < value.length; i++) {
    const next = value[i + 1] ?? -Infinity;
    if (rising && next < value[i]) found.push(i);
    if (next !== value[i]) rising = next > value[i];
  }
  return found;
}

/** The lowest cell from one to another. */
export function minimumBetween(value: Float64Array, from: number, to: number): number {
  let lowest = from;
  for (let i = from; i <= to; i++) if (value[i] < value[lowest]) lowest = i;
  return lowest;
}
