import { add, gradient, log, mul, reduceSum, sigmoid, square, sub, type Tensor } from '../graph/index.js';

/** What a bias from the gradient of a committor depends on besides that. */
export interface KolmogorovBias {
  /** kJ/mol */
  kT: number;
  lambda: number;
  /** In the unit of |∇q|². */
  epsilon: number;
}

/**
 * V_K = −λ kT (ln(|∇q|² + ε) − ln ε) `[n, 1]` of q = σ(z), `z` `[n, 1]` of `x` `[n, d]`, with ∇ by x in its units: it draws a
 * run to where q is steep, the transition state, and is 0 where q is flat (Kang, Trizio & Parrinello 2024,
 * doi:10.1038/s43588-024-00645-0; with ln ε taken off as in KolmogorovBias of mlcolvar 1.3.1,
 * mlcolvar/cvs/committor/utils.py). |∇q| is written as q (1 − q) |∇z|, and the logarithm as ln(1 + |∇q|²/ε), so that
 * nothing of it is lost where q is 0 or 1.
 */
export function kolmogorovBias(z: Tensor, x: Tensor, { kT, lambda, epsilon }: KolmogorovBias): Tensor {
  return mul(log(add(mul(squaredSlope(z, x), 1 / epsilon), 1)), -lambda * kT);
}

/** |∇q|² `[n, 1]`, with ∇ by x in its units. */
export function squaredSlope(z: Tensor, x: Tensor): Tensor {
  const q = sigmoid(z);
  const [slope] = gradient(reduceSum(z), [x]);
  return mul(square(mul(q, sub(1, q))), reduceSum(square(slope), [1], true));
}

/**
 * The same of a committor `q` `[n, 1]` that is no σ of one z, as the mean of several members: |∇q| is that of the mean, which is less
 * than the members' where these put the transition state in different places.
 */
export function kolmogorovBiasOf(q: Tensor, x: Tensor, { kT, lambda, epsilon }: KolmogorovBias): Tensor {
  const [slope] = gradient(reduceSum(q), [x]);
  const squared = reduceSum(square(slope), [1], true);
  return mul(log(add(mul(squared, 1 / epsilon), 1)), -lambda * kT);
}
