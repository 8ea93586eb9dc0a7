import type { Dataset } from '../../src/frames/index.js';
import { Random } from '../../src/support/random.js';

/** A dataset from rows of numbers, one frame a picosecond. */
export function datasetOf(labels: string[], rows: number[][]): Dataset {
  return {
    columns: labels.map((label) => ({ label })),
    frames: rows.length,
    data: Float64Array.from(rows.flat()),
    time: Float64Array.from(rows, (_, i) => i),
    segments: [{ start: 0, end: rows.length, source: 'test' }],
  };
}

/** Normal numbers with the given deviations, turned by a fixed rotation in each neighbouring plane. */
export function gaussianRows(deviations: number[], frames: number, seed: number): number[][] {
  const random = new Random(seed);
  return Array.from({ length: frames }, () => turned(deviations.map((d) => d * random.normal())));
}

const angle = 0.6;

/** Rotates the planes (0, 1), (1, 2), … one after the other. */
export function turned(row: number[]): number[] {
  const out = [...row];
  for (let i = 0; i + 1 < out.length; i++) {
    const [a, b] = [out[i], out[i + 1]];
    out[i] = Math.cos(angle) * a - Math.sin(angle) * b;
    out[i + 1] = Math.sin(angle) * a + Math.cos(angle) * b;
  }
  return out;
}

export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  const mean = (x: ArrayLike<number>): number => Array.from(x).reduce((sum, v) => sum + v / n, 0);
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) ** 2;
    bb += (b[i] - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Column j of row-major `[frames, k]`. */
export function column(table: ArrayLike<number>, k: number, j: number): Float64Array {
  return Float64Array.from({ length: table.length / k }, (_, i) => table[i * k + j]);
}
