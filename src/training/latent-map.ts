import { inverse, Matrix } from 'ml-matrix';
import type { LatentMap } from './encoder.js';
import { ranges } from './features.js';
import { impliedTimescale, laggedCovariances, principalDirections, slowDirections } from './slow-rotation.js';

/** How a trained latent becomes CVs, and how slow each of them is. */
export interface LatentAnalysis {
  map: LatentMap;
  /** Autocorrelation of each CV at the lag, slowest first; absent without a lag. */
  eigenvalues?: number[];
  /** Implied time scales in ps. */
  timescales?: number[];
}

/**
 * Rotates a latent `[frames, k]` to its uncorrelated directions, slowest first (by variance where there is no
 * lag), turns each so that its longer tail is positive, and scales it to [−1, 1] over the training frames, so
 * that SIGMA means the same for every model.
 */
export function analyseLatent(
  latent: Float64Array,
  k: number,
  starts: Int32Array,
  lag: { frames: number; ps: number },
): LatentAnalysis {
  const covariances = laggedCovariances(latent, k, starts, lag.frames);
  const slow = lag.frames > 0 ? slowDirections(covariances) : principalDirections(covariances);
  const projected = project(latent, k, { offset: slow.mean, matrix: slow.directions });
  const { min, max } = ranges(projected, k);
  const matrix = slow.directions.clone();
  const middle = new Array<number>(k);
  for (let j = 0; j < k; j++) {
    const sign = max[j] >= -min[j] ? 1 : -1;
    matrix.mulColumn(j, (sign * 2) / (max[j] - min[j]));
    middle[j] = (sign * (max[j] + min[j])) / (max[j] - min[j]);
  }
  const map = { offset: shifted(slow.mean, matrix, middle), matrix };
  if (lag.frames === 0) return { map };
  const timescales = slow.eigenvalues.map((value) => impliedTimescale(value, lag.ps));
  return { map, eigenvalues: slow.eigenvalues, timescales };
}

/** `(latent − offset) · matrix`, row-major `[frames, k]`. */
export function project(latent: Float64Array, k: number, { offset, matrix }: LatentMap): Float64Array {
  const out = new Float64Array(latent.length);
  for (let row = 0; row < latent.length; row += k) {
    for (let j = 0; j < k; j++) {
      for (let i = 0; i < k; i++) out[row + j] += (latent[row + i] - offset[i]) * matrix.get(i, j);
    }
  }
  return out;
}

/** The offset o with (z − o)·M = (z − mean)·M − middle. */
function shifted(mean: number[], matrix: Matrix, middle: number[]): number[] {
  const shift = new Matrix([middle]).mmul(inverse(matrix)).to1DArray();
  return mean.map((value, i) => value + shift[i]);
}
