import {
  add,
  cholesky,
  identity,
  inverseSpd,
  matmul,
  mul,
  reduceSum,
  stopGradient,
  sub,
  trace,
  transpose,
  type Tensor,
} from '../graph/index.js';
import { frameMean } from './weighted.js';

/** Added to the diagonal of the covariance, so that a latent that has not spread yet can be inverted. */
const ridge = 1e-6;

/** Covariances `[k, k]` of latents a lag apart: of the first ends, of the second ends, and across. */
interface Covariances {
  now: Tensor;
  later: Tensor;
  across: Tensor;
}

/**
 * VAMP-2 score of latents `now` and `later` `[n, k]` with covariances symmetric in time:
 * ‖C0^(-1/2) Ct C0^(-1/2)‖² = tr(C0⁻¹ Ct C0⁻¹ Ct), at most k (Wu & Noé 2020, doi:10.1007/s00332-019-09567-y;
 * the constant singular function is removed with the mean). Pairs count by their weight `[n, 1]`, mean 1.
 */
export function vamp2Score(now: Tensor, later: Tensor, weight?: Tensor): Tensor {
  const propagator = reversiblePropagator(now, later, weight);
  return trace(matmul(propagator, propagator));
}

/** tr(C0⁻¹ Ct): the sum of the eigenvalues of the same problem; of one latent, its autocorrelation. */
export function latentAutocorrelation(now: Tensor, later: Tensor, weight?: Tensor): Tensor {
  return trace(reversiblePropagator(now, later, weight));
}

/** C0⁻¹ Ct with covariances symmetric in time. */
function reversiblePropagator(now: Tensor, later: Tensor, weight?: Tensor): Tensor {
  const mean = mul(add(frameMean(now, weight), frameMean(later, weight)), 0.5);
  const { now: c00, later: c11, across } = covariances(sub(now, mean), sub(later, mean), weight);
  const instantaneous = mul(add(c00, c11), 0.5);
  const lagged = mul(add(across, transpose(across)), 0.5);
  return matmul(inverseSpd(regular(instantaneous)), lagged);
}

/**
 * Scores of Wu & Noé 2020 without assuming reversibility: with C00, C11 and C01 of latents each about its own mean
 * and σ the singular values of C00^(-1/2) C01 C11^(-1/2), the constant function left out (add 1 for it),
 * - `vamp-1`: Σ σ,
 * - `vamp-2`: Σ σ² = tr(C00⁻¹ C01 C11⁻¹ C01ᵀ),
 * - `vamp-e`: 2 tr(Aᵀ C01) − tr(C00 A C11 Aᵀ), how far the operator A = C00⁻¹ C01 C11⁻¹ is from the true one, up to a
 *   constant; on the pairs that A is estimated from it is VAMP-2 but for the regularisation, which it does not favour.
 */
export const vampScores = { 'vamp-1': vamp1, 'vamp-2': vamp2, 'vamp-e': vampE };
export type VampScore = keyof typeof vampScores;

function centred(now: Tensor, later: Tensor, weight?: Tensor): Covariances {
  return covariances(sub(now, frameMean(now, weight)), sub(later, frameMean(later, weight)), weight);
}

function vamp1(now: Tensor, later: Tensor, weight?: Tensor): Tensor {
  const { now: c00, later: c11, across } = centred(now, later, weight);
  // With C = L·Lᵀ, L⁻¹ = Lᵀ·C⁻¹: L0⁻¹ C01 L1⁻ᵀ has the singular values of the symmetric form.
  const [a, b] = [regular(c00), regular(c11)];
  const left = matmul(cholesky(a), inverseSpd(a), { transposeA: true });
  const right = matmul(inverseSpd(b), cholesky(b));
  return nuclearNorm(matmul(matmul(left, across), right));
}

function vamp2(now: Tensor, later: Tensor, weight?: Tensor): Tensor {
  const { now: c00, later: c11, across } = centred(now, later, weight);
  const forward = matmul(inverseSpd(regular(c00)), across);
  return trace(matmul(forward, matmul(inverseSpd(regular(c11)), across, { transposeB: true })));
}

function vampE(now: Tensor, later: Tensor, weight?: Tensor): Tensor {
  const { now: c00, later: c11, across } = centred(now, later, weight);
  const operator = matmul(matmul(inverseSpd(regular(c00)), across), inverseSpd(regular(c11)));
  const explained = reduceSum(mul(operator, across));
  const size = reduceSum(mul(matmul(matmul(c00, operator), c11), operator));
  return sub(mul(explained, 2), size);
}

/** Covariances of latents that have no mean. */
function covariances(a: Tensor, b: Tensor, weight?: Tensor): Covariances {
  const n = a.shape[0] as number;
  const weighted = (rows: Tensor): Tensor => (weight ? mul(rows, weight) : rows);
  const product = (left: Tensor, right: Tensor): Tensor =>
    mul(matmul(weighted(left), right, { transposeA: true }), 1 / n);
  return { now: product(a, a), later: product(b, b), across: product(a, b) };
}

function regular(covariance: Tensor): Tensor {
  return add(covariance, mul(identity(covariance.shape[0] as number), ridge));
}

/** Enough for singular values from 1e-4: each grows by 1.5 in a step, and by less as it comes near 1. */
const polarSteps = 30;

/**
 * Sum of the singular values of a small matrix whose singular values are at most 1: ⟨Q, M⟩ with its orthogonal polar
 * factor Q, found by Newton–Schulz steps Q ← ½ Q (3 − QᵀQ). Q maximises ⟨Q, M⟩ over orthogonal matrices, so that
 * its own change does not count in the derivative, which is Q.
 */
function nuclearNorm(matrix: Tensor): Tensor {
  const three = mul(identity(matrix.shape[0] as number), 3);
  let factor = stopGradient(matrix);
  for (let step = 0; step < polarSteps; step++) {
    const square = matmul(factor, factor, { transposeA: true });
    factor = mul(matmul(factor, sub(three, square)), 0.5);
  }
  return reduceSum(mul(stopGradient(factor), matrix));
}
