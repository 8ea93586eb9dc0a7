import {
  add,
  identity,
  inverseSpd,
  matmul,
  mul,
  sub,
  trace,
  transpose,
  type Tensor,
} from '../graph/index.js';
import { frameMean } from './weighted.js';

/** Added to the diagonal of the covariance, so that a latent that has not spread yet can be inverted. */
const ridge = 1e-6;

/**
 * VAMP-2 score of latents `now` and `later` `[n, k]` with covariances symmetric in time:
 * ‖C0^(-1/2) Ct C0^(-1/2)‖² = tr(C0⁻¹ Ct C0⁻¹ Ct), at most k (Wu & Noé 2020, doi:10.1007/s00332-019-09567-y;
 * the constant singular function is removed with the mean). Pairs count by their weight `[n, 1]`, mean 1.
 */
export function vamp2Score(now: Tensor, later: Tensor, weight?: Tensor): Tensor {
  const [n, k] = now.shape as [number, number];
  const mean = mul(add(frameMean(now, weight), frameMean(later, weight)), 0.5);
  const a = sub(now, mean);
  const b = sub(later, mean);
  const weighted = (rows: Tensor): Tensor => (weight ? mul(rows, weight) : rows);
  const product = (left: Tensor, right: Tensor): Tensor =>
    matmul(weighted(left), right, { transposeA: true });
  const c0 = mul(add(product(a, a), product(b, b)), 0.5 / n);
  const cross = product(a, b);
  const ct = mul(add(cross, transpose(cross)), 0.5 / n);
  const propagator = matmul(inverseSpd(add(c0, mul(identity(k), ridge))), ct);
  return trace(matmul(propagator, propagator));
}
