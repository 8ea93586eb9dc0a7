import { add, exp, mul, square, sub, type Tensor } from '../graph/index.js';

/** μ + σ·noise, or μ where there is no noise. */
export function gaussianSample(mean: Tensor, logVariance: Tensor, noise?: Tensor): Tensor {
  return noise ? add(mean, mul(noise, exp(mul(logVariance, 0.5)))) : mean;
}

/** KL(N(μ, σ²) ‖ N(0, 1)) = ½ (μ² + σ² − log σ² − 1) of each component. */
export function gaussianDivergence(mean: Tensor, logVariance: Tensor): Tensor {
  return mul(sub(sub(add(square(mean), exp(logVariance)), logVariance), 1), 0.5);
}
