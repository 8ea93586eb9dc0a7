import { expectFloats, expectObject, expectWhole, invalidArgument } from '../support/index.js';
import { Matrix } from 'ml-matrix';
import type { Segment } from '../frames/index.js';
import type { LaggedCovariances } from '../models/index.js';

/** A row-major table `[frames, width]`. */
export interface ValueTable {
  values: Float64Array;
  width: number;
}

/** Sums over pairs of rows a lag apart, each pair counted both ways (reversible estimate) and by its weight. */
export interface LaggedMoments {
  /** Pairs, or the sum of their weights. */
  pairs: number;
  /** Σ (a + b), `[width]`. */
  sum: Float64Array;
  /** Σ (a aᵀ + b bᵀ) and Σ (a bᵀ + b aᵀ), `[width, width]`. */
  instantaneous: Float64Array;
  lagged: Float64Array;
}

/** The table about the plain mean of its columns, so that sums of squares keep their digits. */
export function centred({ values, width }: ValueTable): ValueTable {
  const mean = new Float64Array(width);
  for (let i = 0; i < values.length; i++) mean[i % width] += (values[i] * width) / values.length;
  return { values: values.map((value, i) => value - mean[i % width]), width };
}

/** Moments of the pairs `lag` frames apart inside a stretch of frames; a pair weighs as its first frame. */
export function laggedMoments(
  { values, width }: ValueTable,
  { start, end }: Segment,
  lag: number,
  weights?: ArrayLike<number>,
): LaggedMoments {
  const moments = noMoments(width);
  for (let frame = start; frame + lag < end; frame++) {
    const weight = weights?.[frame] ?? 1;
    moments.pairs += weight;
    addPair(moments, values, width, [frame * width, (frame + lag) * width], weight);
  }
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < i; j++) {
      moments.instantaneous[j * width + i] = moments.instantaneous[i * width + j];
      moments.lagged[j * width + i] = moments.lagged[i * width + j];
    }
  }
  return moments;
}

export function noMoments(width: number): LaggedMoments {
  const square = width * width;
  return {
    pairs: 0,
    sum: new Float64Array(width),
    instantaneous: new Float64Array(square),
    lagged: new Float64Array(square),
  };
}

/** Adds to the lower triangles. */
function addPair(
  { sum, instantaneous, lagged }: LaggedMoments,
  values: Float64Array,
  width: number,
  [now, later]: readonly [number, number],
  weight: number,
): void {
  for (let i = 0; i < width; i++) {
    const [a, b] = [weight * values[now + i], weight * values[later + i]];
    sum[i] += a + b;
    if (a === 0 && b === 0) continue;
    for (let j = 0; j <= i; j++) {
      const [c, d] = [values[now + j], values[later + j]];
      instantaneous[i * width + j] += a * c + b * d;
      lagged[i * width + j] += a * d + b * c;
    }
  }
}

export function addMoments(all: readonly LaggedMoments[]): LaggedMoments {
  const total = noMoments(all[0].sum.length);
  for (const { pairs, sum, instantaneous, lagged } of all) {
    total.pairs += pairs;
    addTo(total.sum, sum);
    addTo(total.instantaneous, instantaneous);
    addTo(total.lagged, lagged);
  }
  return total;
}

function addTo(total: Float64Array, part: Float64Array): void {
  for (let i = 0; i < total.length; i++) total[i] += part[i];
}

/** Covariances about `mean`, or about the pairs' own. */
export function covariancesOf(moments: LaggedMoments, mean = meanOf(moments)): LaggedCovariances {
  const { pairs, sum, instantaneous, lagged } = moments;
  const width = sum.length;
  const about = (product: Float64Array): Matrix => {
    const matrix = new Matrix(width, width);
    for (let i = 0; i < width; i++)
      for (let j = 0; j < width; j++) {
        const crossed = (mean[i] * sum[j] + mean[j] * sum[i]) / (2 * pairs);
        matrix.set(i, j, product[i * width + j] / (2 * pairs) - crossed + mean[i] * mean[j]);
      }
    return matrix;
  };
  return { mean, instantaneous: about(instantaneous), lagged: about(lagged) };
}

function meanOf({ pairs, sum }: LaggedMoments): number[] {
  return [...sum].map((value) => value / (2 * pairs));
}

/**
 * Refuses what is no table of values, or not of so many frames.
 * @throws LatentcvError `bad-argument`
 */
export function expectTable(table: ValueTable, frames?: number): void {
  expectObject(table, 'cv', 'a table with values and width');
  expectWhole(table.width, 'cv.width', 1);
  expectFloats(table.values, 'cv.values', frames === undefined ? undefined : frames * table.width);
  if (table.values.length % table.width !== 0)
    throw invalidArgument(`rows of ${table.width} values`, 'cv.values', table.values.length);
}
