import { expectTensor } from './make-tensor.js';
import { LatentcvError, expectWhole } from '../support/index.js';
import {
  abs,
  add,
  atan,
  concat,
  constant,
  div,
  exp,
  greater,
  log,
  matmul,
  maximum,
  mul,
  reduceMean,
  reduceSum,
  slice,
  sqrt,
  square,
  stopGradient,
  sub,
  where,
} from './ops.js';
import { showShape, type Tensor } from './tensor.js';

/** x·W + b for frames x `[n, d]`, weights `[d, m]` and bias `[m]`. */
export function affine(x: Tensor, weights: Tensor, bias: Tensor): Tensor {
  return add(matmul(x, weights), bias);
}

/** Mean of (a − b)² over all elements. */
export function meanSquaredError(a: Tensor, b: Tensor): Tensor {
  return reduceMean(square(sub(a, b)));
}

/** The angle in (−π, π] whose sine and cosine these are, up to a common factor; 0 where both are 0. */
export function angleOf(sine: Tensor, cosine: Tensor): Tensor {
  const length = sqrt(add(square(sine), square(cosine)));
  // half the angle to the nearer end of the axis, where no difference cancels
  const near = mul(atan(div(sine, maximum(add(length, abs(cosine)), 1e-30))), 2);
  const turned = sub(where(greater(0, sine), -Math.PI, Math.PI), near);
  return where(greater(0, cosine), turned, near);
}

/** Sum of the diagonal of a square matrix. */
export function trace(a: Tensor): Tensor {
  return reduceSum(mul(a, identity(sizeOf(a, Infinity))));
}

/** log Σ exp over the columns of a matrix `[n, m]`, `[n, 1]`; nothing overflows. */
export function logSumExp(x: Tensor): Tensor {
  expectTensor(x, 'logSumExp');
  const columns = x.shape[1];
  if (x.shape.length !== 2 || typeof columns !== 'number') {
    throw new LatentcvError(
      'bad-graph',
      `expected a matrix of known width but received ${showShape(x.shape)}`,
    );
  }
  const parts = Array.from({ length: columns }, (_, i) => slice(x, 1, i, i + 1));
  const largest = stopGradient(parts.reduce((most, part) => maximum(most, part)));
  return add(largest, log(reduceSum(exp(sub(x, largest)), [1], true)));
}

/** The identity matrix `[k, k]`. */
export function identity(k: number): Tensor {
  expectWhole(k, 'k', 0, 2 ** 14);
  return constant(
    Float64Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0)),
    [k, k],
  );
}

/** Largest matrix that is inverted or factorised op by op. */
const largest = 16;

/**
 * Inverse of a small symmetric positive definite matrix `[k, k]`, k ≤ 16, by k sweeps of Gauss–Jordan
 * elimination: with pivot d, column c, row r and unit vector e, A ← A − (c − e)(r + eᵀ)/d. Positive
 * definite matrices need no pivoting; regularise others first.
 */
export function inverseSpd(a: Tensor): Tensor {
  const k = sizeOf(a, largest);
  let swept = a;
  for (let i = 0; i < k; i++) {
    const column = slice(swept, 1, i, i + 1);
    const row = slice(swept, 0, i, i + 1);
    const pivot = slice(row, 1, i, i + 1);
    const update = matmul(sub(column, unitColumn(k, i)), div(add(row, unitRow(k, i)), pivot));
    swept = sub(swept, update);
  }
  return swept;
}

/** Lower triangular L with L·Lᵀ = A for a small symmetric positive definite matrix `[k, k]`, k ≤ 16. */
export function cholesky(a: Tensor): Tensor {
  const k = sizeOf(a, largest);
  const columns: Tensor[] = [];
  let rest = a;
  for (let i = 0; i < k; i++) {
    const below = mul(slice(rest, 1, i, i + 1), columnFrom(k, i));
    const column = div(below, sqrt(slice(below, 0, i, i + 1)));
    columns.push(column);
    rest = sub(rest, matmul(column, column, { transposeB: true }));
  }
  return concat(columns, 1);
}

/** Logarithm of the determinant of a small symmetric positive definite matrix. */
export function logDeterminantSpd(a: Tensor): Tensor {
  const k = sizeOf(a, largest);
  const factor = cholesky(a);
  const diagonal = reduceSum(mul(factor, identity(k)), [1]);
  return mul(reduceSum(log(diagonal)), 2);
}

function sizeOf(a: Tensor, limit: number): number {
  expectTensor(a, 'matrix');
  const [rows, columns] = a.shape;
  if (a.shape.length === 2 && typeof rows === 'number' && rows === columns && rows <= limit) return rows;
  const bound = limit === Infinity ? '' : ` of at most ${limit} rows`;
  throw new LatentcvError(
    'bad-graph',
    `expected a square matrix${bound} but received shape ${showShape(a.shape)}`,
  );
}

const unit = (k: number, at: number) => Float64Array.from({ length: k }, (_, i) => (i === at ? 1 : 0));
const unitColumn = (k: number, at: number) => constant(unit(k, at), [k, 1]);
const unitRow = (k: number, at: number) => constant(unit(k, at), [1, k]);
const columnFrom = (k: number, from: number) =>
  constant(
    Float64Array.from({ length: k }, (_, i) => (i >= from ? 1 : 0)),
    [k, 1],
  );
