import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { slowDirections, type LaggedCovariances } from '../models/index.js';

/** What is left of a function when others are taken off counts as nothing below this part of the largest variance. */
const leastVariance = 1e-6;

/**
 * The slowest combination of functions: the first eigenvector of Ct v = λ C0 v. With `known`, of those combinations that
 * are uncorrelated with the first `known` functions and all their combinations: what these do not carry.
 * Undefined where nothing is left.
 */
export function slowestDirection(covariances: LaggedCovariances, known = 0): Matrix | undefined {
  if (known === 0) return slowDirections(covariances).directions.getColumnVector(0);
  const { instantaneous: c0, lagged: ct } = covariances;
  const rest = residual(c0, known);
  const width = c0.rows;
  const scale = Math.max(...c0.diagonal().slice(known));
  const whitening = whitened(rest.transpose().mmul(c0).mmul(rest), leastVariance * scale);
  if (known === width || !whitening) return undefined;
  const inner = whitening.transpose().mmul(rest.transpose().mmul(ct).mmul(rest)).mmul(whitening);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(inner, {
    assumeSymmetric: true,
  });
  const slowest = realEigenvalues.indexOf(Math.max(...realEigenvalues));
  return rest.mmul(whitening).mmul(eigenvectorMatrix.getColumnVector(slowest));
}

/** Columns: each function after the known ones, less what the known ones say of it. `[width, width − known]` */
function residual(c0: Matrix, known: number): Matrix {
  const width = c0.rows;
  const within = c0.subMatrix(0, known - 1, 0, known - 1);
  const across = c0.subMatrix(0, known - 1, known, width - 1);
  const roots = whitened(within, 1e-10 * Math.max(...within.diagonal()));
  const out = Matrix.zeros(width, width - known);
  for (let i = known; i < width; i++) out.set(i, i - known, 1);
  if (!roots) return out;
  const explained = roots.mmul(roots.transpose()).mmul(across);
  for (let i = 0; i < known; i++)
    for (let j = 0; j < width - known; j++) out.set(i, j, -explained.get(i, j));
  return out;
}

/** Columns that make a covariance the identity, of its directions with more variance than `least`. */
function whitened(covariance: Matrix, least: number): Matrix | undefined {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const kept = realEigenvalues.flatMap((value, i) => (value > least ? [i] : []));
  if (kept.length === 0) return undefined;
  const out = eigenvectorMatrix.subMatrixColumn(kept);
  kept.forEach((i, column) => out.mulColumn(column, 1 / Math.sqrt(realEigenvalues[i])));
  return out;
}
