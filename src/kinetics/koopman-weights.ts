import { EigenvalueDecomposition, LuDecomposition, Matrix } from 'ml-matrix';
import type { Segment } from '../frames/index.js';
import { framesIn, splitIntoBlocks } from '../sampling/index.js';
import { LatentcvError, digits } from '../support/index.js';

/** Functions of the frames, row-major `[frames, width]`; the constant is always one more. */
export interface FrameTable {
  values: Float32Array | Float64Array;
  width: number;
}

/**
 * Weights `w(x) = constant + coefficients · χ(x)` of the first ends of pairs, mean 1 over them, with which these are
 * distributed as in equilibrium.
 */
export interface KoopmanWeights {
  constant: number;
  /** `[width]`, of the functions as they were given. */
  coefficients: Float64Array;
  /** Independent functions beside the constant. */
  functions: number;
  /** Condition number (1-norm) of the equations that were solved. */
  condition: number;
  /** Standard error of a weight, root mean square over the first ends, by stretches of the trajectories. */
  error: number;
  /** Root mean square of the weights over the first ends. */
  size: number;
}

/** Functions of so small a part of the largest variance are round-off. */
const leastVariance = 1e-10;
/** Beyond it, single precision of the frames leaves nothing of the solution. */
const mostCondition = 1e8;
/** Stretches of first ends that errors are made of: so many at least, and so many groups of them at most. */
const leastStretches = 20;
const mostGroups = 200;

/**
 * Koopman weights (Wu, Nüske, Paul, Klus, Koltai & Noé 2017, doi:10.1063/1.4979344): of trajectories that did not start in
 * equilibrium, the ratio of the equilibrium density to that of the frames, as a linear combination of functions χ of a frame.
 * With y the functions whitened over the first ends, K = ⟨y(x_t) y(x_t+τ)ᵀ⟩ and m = ⟨y(x_t+τ)⟩, the left eigenvector of the
 * Koopman matrix at its eigenvalue 1 (which the constant makes exact) is (1, v) with (1 − Kᵀ) v = m: weighted by 1 + v · y, no
 * function's mean moves in the lag. Its error is that of ⟨w(x_t) (y(x_t+τ) − y(x_t))⟩ between stretches of the trajectories.
 * @param lag in frames
 * @throws LatentcvError `bad-data` where nothing is left to be solved, as of trajectories that never meet
 */
export function koopmanWeights(
  { values, width }: FrameTable,
  segments: readonly Segment[],
  lag: number,
): KoopmanWeights {
  const table: PairTable = { values, width, ends: firstEnds(segments, lag), lag };
  const { mean, instantaneous, lagged, later } = pairMoments(table);
  const whitening = whiteningOf(instantaneous, width);
  const drift = whitening.transpose().mmul(Matrix.columnVector(later));
  const koopman = whitening.transpose().mmul(square(lagged, width)).mmul(whitening);
  const equations = Matrix.eye(whitening.columns).sub(koopman.transpose());
  const { inverse, condition } = inverted(equations);
  const v = inverse.mmul(drift);
  const coefficients = Float64Array.from(whitening.mmul(v).to1DArray());
  const constant = 1 - dot(mean, coefficients);
  const solved = { constant, coefficients };
  return {
    ...solved,
    functions: whitening.columns,
    condition,
    error: errorOf(table, solved, inverse.mmul(whitening.transpose())),
    size: Math.sqrt(1 + v.to1DArray().reduce((sum, value) => sum + value * value, 0)),
  };
}

/** The weight of every row. */
export function weightsOfRows(
  { values, width }: FrameTable,
  { constant, coefficients }: Pick<KoopmanWeights, 'constant' | 'coefficients'>,
): Float64Array {
  const weights = new Float64Array(values.length / width);
  for (let row = 0; row < weights.length; row++)
    weights[row] = constant + dotRow(values, row * width, coefficients);
  return weights;
}

/** Frames that begin a pair. */
export function firstEnds(segments: readonly Segment[], lag: number): Segment[] {
  return segments.flatMap(({ start, end }) => (end - lag > start ? [{ start, end: end - lag }] : []));
}

interface PairTable extends FrameTable {
  /** First ends of the pairs. */
  ends: readonly Segment[];
  lag: number;
}

interface PairMoments {
  /** Of the first ends. */
  mean: Float64Array;
  /** About it: of products of the first end with itself and with the second, and of the second end. */
  instantaneous: Float64Array;
  lagged: Float64Array;
  later: Float64Array;
}

function pairMoments({ values, width, ends, lag }: PairTable): PairMoments {
  const part = 1 / framesIn(ends);
  const mean = new Float64Array(width);
  for (const { start, end } of ends)
    for (let frame = start, at = start * width; frame < end; frame++)
      for (let i = 0; i < width; i++, at++) mean[i] += part * values[at];
  const [instantaneous, lagged] = [new Float64Array(width * width), new Float64Array(width * width)];
  const sum = new Float64Array(width);
  const [now, next] = [new Float64Array(width), new Float64Array(width)];
  for (const { start, end } of ends)
    for (let frame = start; frame < end; frame++) {
      const [a, b] = [frame * width, (frame + lag) * width];
      for (let i = 0; i < width; i++) {
        now[i] = values[a + i] - mean[i];
        next[i] = values[b + i] - mean[i];
        sum[i] += part * next[i];
      }
      for (let i = 0, at = 0; i < width; i++) {
        const scaled = part * now[i];
        for (let j = 0; j < width; j++, at++) {
          instantaneous[at] += scaled * now[j];
          lagged[at] += scaled * next[j];
        }
      }
    }
  return { mean, instantaneous, lagged, later: sum };
}

/** `[width, functions]`: to uncorrelated functions of variance 1, those of no variance left out. */
function whiteningOf(covariance: Float64Array, width: number): Matrix {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(square(covariance, width), {
    assumeSymmetric: true,
  });
  const least = leastVariance * Math.max(...realEigenvalues);
  const kept = realEigenvalues.flatMap((value, i) => (value > least ? [i] : []));
  const whitening = eigenvectorMatrix.subMatrixColumn(kept);
  kept.forEach((i, column) => whitening.mulColumn(column, 1 / Math.sqrt(realEigenvalues[i])));
  return whitening;
}

/** @throws LatentcvError `bad-data` where it is singular, or as good as */
function inverted(equations: Matrix): { inverse: Matrix; condition: number } {
  const solver = new LuDecomposition(equations);
  if (solver.isSingular()) throw singular(Infinity);
  const inverse = solver.solve(Matrix.eye(equations.rows));
  const condition = columnNorm(equations) * columnNorm(inverse);
  if (!(condition < mostCondition)) throw singular(condition);
  return { inverse, condition };
}

/** Largest sum of the magnitudes of a column. */
function columnNorm(matrix: Matrix): number {
  return Math.max(...matrix.clone().abs().sum('column'));
}

function singular(condition: number): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected trajectories that tell equilibrium weights but received equations of condition number ${digits(condition, 2)}`,
    'something in the inputs keeps its value in every trajectory, or trajectories never meet: leave such columns out, or give trajectories that pass between the states',
  );
}

/** Influence of each stretch on the weights, squared and summed up. */
function errorOf(
  { values, width, ends, lag }: PairTable,
  weights: Pick<KoopmanWeights, 'constant' | 'coefficients'>,
  toSolution: Matrix,
): number {
  const stretches = splitIntoBlocks(ends, leastStretches);
  const groups = Math.min(stretches.length, mostGroups);
  const sums = Array.from({ length: groups }, () => new Float64Array(width));
  stretches.forEach(({ start, end }, i) => {
    const sum = sums[i % groups];
    for (let frame = start; frame < end; frame++) {
      const [a, b] = [frame * width, (frame + lag) * width];
      const weight = weights.constant + dotRow(values, a, weights.coefficients);
      for (let j = 0; j < width; j++) sum[j] += weight * (values[b + j] - values[a + j]);
    }
  });
  const squares = sums.reduce((total, sum) => {
    const change = toSolution.mmul(Matrix.columnVector(sum)).to1DArray();
    return total + change.reduce((all, value) => all + value * value, 0);
  }, 0);
  return groups > 1 ? Math.sqrt((squares * groups) / (groups - 1)) / framesIn(ends) : Infinity;
}

const square = (values: Float64Array, width: number): Matrix => Matrix.from1DArray(width, width, [...values]);

function dotRow(values: Float32Array | Float64Array, from: number, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < other.length; i++) sum += values[from + i] * other[i];
  return sum;
}

const dot = (a: Float64Array, b: Float64Array): number => dotRow(a, 0, b);
