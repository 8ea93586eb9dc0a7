import { inverse, Matrix } from 'ml-matrix';
import type { LatentMap } from './encoder.js';
import { ranges } from './features.js';
import type { Orientation } from '../models/index.js';
import type { Samples } from './samples.js';
import {
  impliedTimescale,
  laggedCovariances,
  principalDirections,
  slowDirections,
  type LaggedCovariances,
  type SlowDirections,
} from './slow-rotation.js';

/** How a trained latent becomes CVs, and how slow each of them is. */
export interface LatentAnalysis {
  map: LatentMap;
  /** Autocorrelation of each CV at the lag, slowest first; absent without a lag. */
  eigenvalues?: number[];
  /** Implied time scales in ps. */
  timescales?: number[];
}

/**
 * Turns a latent `[frames, k]` as its method asks (to its slow directions, slowest first, or to uncorrelated ones
 * by variance, or not at all), then each CV so that its longer tail is positive, and scales it to [−1, 1] over the
 * training frames, so that SIGMA means the same for every model.
 * @param lag of the samples in ps, 0 where they are no pairs
 */
export function analyseLatent(
  latent: Float64Array,
  k: number,
  samples: Samples,
  orientation: Orientation,
  lag: number,
): LatentAnalysis {
  const slow = directions(laggedCovariances(latent, k, samples), orientation);
  const projected = project(latent, k, { offset: slow.mean, matrix: slow.directions });
  const { min, max } = ranges(projected, k);
  const matrix = slow.directions.clone();
  const middle = new Array<number>(k);
  for (let j = 0; j < k; j++) {
    const sign = orientation === 'as-trained' || max[j] >= -min[j] ? 1 : -1;
    matrix.mulColumn(j, (sign * 2) / (max[j] - min[j]));
    middle[j] = (sign * (max[j] + min[j])) / (max[j] - min[j]);
  }
  const map = { offset: shifted(slow.mean, matrix, middle), matrix };
  if (lag === 0 || orientation !== 'slow') return { map };
  const timescales = slow.eigenvalues.map((value) => impliedTimescale(value, lag));
  return { map, eigenvalues: slow.eigenvalues, timescales };
}

function directions(covariances: LaggedCovariances, orientation: Orientation): SlowDirections {
  if (orientation === 'slow') return slowDirections(covariances);
  if (orientation === 'variance') return principalDirections(covariances);
  const { mean } = covariances;
  return { mean, eigenvalues: [], directions: Matrix.eye(mean.length) };
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
