import { Matrix } from 'ml-matrix';
import { LatentcvError } from '../../support/index.js';
import { angleDomain, angleOrigin, wrapped } from './angles.js';
import type { LatentMap } from './encoder.js';
import {
  discriminantDirections,
  impliedTimescale,
  laggedCovariances,
  principalDirections,
  slowDirections,
  type Orientation,
  type SlowDirections,
} from '../../models/index.js';
import { onCircles, type ValueTable } from '../../kinetics/index.js';
import type { Samples } from '../learnable.js';
import { ranges } from '../ranges.js';

/** How a trained latent becomes CVs, and how slow each of them is. */
export interface LatentAnalysis {
  map: LatentMap;
  /** Autocorrelation of each direction at the lag, slowest first; absent without a lag. */
  eigenvalues?: number[];
  /** Implied time scales in ps; null where no decay was seen at the lag. */
  timescales?: (number | null)[];
}

/** What a latent is turned by. */
export interface LatentSamples extends Samples {
  /** State of each frame, for `discriminant`. */
  label?: Int32Array;
  /** For `eigenfunctions`. */
  eigenfunctions?: SlowDirections | undefined;
}

/**
 * Turns a latent `[frames, width]` as its method asks (see `Orientation`; slowest or largest first) and keeps `k`
 * directions, then turns each CV so that its longer tail is positive, and scales it to [−1, 1] over the training
 * frames, so that SIGMA means the same for every model. Angles, the first columns of the latent, stay by themselves and in rad, each
 * turned so that its domain ends where frames are fewest; what is said of their slowness is of sine and cosine.
 * @param lag of the samples in ps, 0 where they are no pairs
 * @throws LatentcvError `bad-data` where a direction is constant over the frames
 */
export function analyseLatent(
  latent: Float64Array,
  { width, k, angles = 0 }: LatentSizes,
  samples: LatentSamples,
  orientation: Orientation,
  lag: number,
): LatentAnalysis {
  if (angles === 0) return analysePlain(latent, { width, k }, samples, orientation, lag);
  const rest =
    k > angles
      ? analysePlain(
          columnsOf(latent, width, angles, width),
          { width: width - angles, k: k - angles },
          samples,
          orientation,
          lag,
        )
      : noPlain;
  const own = Array.from({ length: angles }, (_, j) => columnsOf(latent, width, j, j + 1));
  const map = {
    offset: [...own.map(angleOrigin), ...rest.map.offset],
    matrix: besideIdentity(angles, rest.map.matrix),
    shift: [...new Array<number>(angles).fill(0), ...rest.map.shift],
    angles,
  };
  if (lag === 0 || orientation !== 'slow') return { map };
  const eigenvalues = [
    ...own.map((angle) => slowestOf(onCircles({ values: angle, width: 1 }, [angleDomain]), samples)),
    ...(rest.eigenvalues ?? []),
  ];
  return { map, eigenvalues, timescales: eigenvalues.map((value) => measured(value, lag)) };
}

/** Columns of a latent, CVs, and how many of both, the first ones, are angles. */
export interface LatentSizes {
  width: number;
  k: number;
  angles?: number;
}

/** Where all CVs are angles. */
const noPlain: LatentAnalysis = { map: { offset: [], matrix: new Matrix(0, 0), shift: [] } };

const slowestOf = ({ values, width }: ValueTable, samples: LatentSamples): number =>
  slowDirections(laggedCovariances(values, width, samples)).eigenvalues[0];

function columnsOf(table: Float64Array, width: number, from: number, to: number): Float64Array {
  const own = to - from;
  return Float64Array.from(
    { length: (table.length / width) * own },
    (_, i) => table[Math.floor(i / own) * width + from + (i % own)],
  );
}

/** A matrix with ones for the angles before it. */
function besideIdentity(angles: number, rest: Matrix): Matrix {
  const matrix = Matrix.zeros(angles + rest.rows, angles + rest.columns);
  for (let j = 0; j < angles; j++) matrix.set(j, j, 1);
  for (let i = 0; i < rest.rows; i++)
    for (let j = 0; j < rest.columns; j++) matrix.set(angles + i, angles + j, rest.get(i, j));
  return matrix;
}

function analysePlain(
  latent: Float64Array,
  { width, k }: LatentSizes,
  samples: LatentSamples,
  orientation: Orientation,
  lag: number,
): LatentAnalysis {
  const turned = directions(latent, width, samples, orientation);
  const matrix = turned.directions.subMatrix(0, width - 1, 0, k - 1);
  const projected = project(latent, { offset: turned.mean, matrix, shift: new Array<number>(k).fill(0) });
  const { min, max } = ranges(projected, k);
  const shift = new Array<number>(k);
  for (let j = 0; j < k; j++) {
    if (!(max[j] > min[j])) throw collapsed(j);
    const sign = hasSign.has(orientation) || max[j] >= -min[j] ? 1 : -1;
    matrix.mulColumn(j, (sign * 2) / (max[j] - min[j]));
    shift[j] = (-sign * (max[j] + min[j])) / (max[j] - min[j]);
  }
  const map = { offset: turned.mean, matrix, shift };
  if (lag === 0 || orientation !== 'slow') return { map };
  const eigenvalues = turned.eigenvalues.slice(0, k);
  return { map, eigenvalues, timescales: eigenvalues.map((value) => measured(value, lag)) };
}

function measured(eigenvalue: number, lag: number): number | null {
  const timescale = impliedTimescale(eigenvalue, lag);
  return Number.isNaN(timescale) ? null : timescale;
}

/** Orientations whose directions come with a sign that means something. */
const hasSign: ReadonlySet<Orientation> = new Set(['discriminant', 'as-trained']);

function collapsed(j: number): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected CVs that vary over the frames but number ${j + 1} is constant`,
    'the network gave up on it: try fewer CVs, another seed or a smaller weight of what penalises the latent',
  );
}

function directions(
  latent: Float64Array,
  width: number,
  samples: LatentSamples,
  orientation: Orientation,
): SlowDirections {
  if (orientation === 'discriminant')
    return discriminantDirections({ features: latent, width, ...samples }, 'arithmetic');
  if (orientation === 'eigenfunctions') {
    if (!samples.eigenfunctions) throw new Error('expected the eigenfunctions of a generator');
    return samples.eigenfunctions;
  }
  const covariances = laggedCovariances(latent, width, samples);
  if (orientation === 'slow') return slowDirections(covariances);
  if (orientation === 'variance') return principalDirections(covariances);
  return { mean: covariances.mean, eigenvalues: [], directions: Matrix.eye(width) };
}

/** `(latent − offset) · matrix + shift`, angles within their domain, row-major `[frames, k]`. */
export function project(
  latent: Float64Array,
  { offset, matrix, shift, angles = 0 }: LatentMap,
): Float64Array {
  const [width, k] = [matrix.rows, matrix.columns];
  const frames = latent.length / width;
  const out = new Float64Array(frames * k);
  for (let frame = 0; frame < frames; frame++) {
    for (let j = 0; j < k; j++) {
      let sum = shift[j];
      for (let i = 0; i < width; i++) sum += (latent[frame * width + i] - offset[i]) * matrix.get(i, j);
      out[frame * k + j] = j < angles ? wrapped(sum) : sum;
    }
  }
  return out;
}
