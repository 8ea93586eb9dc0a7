import { add, exp, mul, reduceSum, slice, square, sub, type Tensor } from '../graph/index.js';
import type { Architecture } from './method.js';
import { applyNetwork, networkParameters, type NetworkSpec, type Parameters } from './network.js';
import { frameMean } from './weighted.js';

/** N(μ, σ²) of each latent component of each frame, `[n, latent]`. */
interface Gaussian {
  mean: Tensor;
  logVariance: Tensor;
}

/** An encoder that gives a Gaussian for each frame, and a decoder of draws from it. */
export function gaussianNetworks({ features, hidden, latent, activation }: Architecture) {
  const encoder: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, 2 * latent], activation };
  const sizes = [latent, ...hidden.toReversed(), features];
  const decoder: NetworkSpec = { name: 'decoder', sizes, activation };
  const encode = (parameters: Parameters, x: Tensor): Gaussian => {
    const both = applyNetwork(encoder, parameters, x);
    return { mean: slice(both, 1, 0, latent), logVariance: slice(both, 1, latent, 2 * latent) };
  };
  return {
    parameters: [encoder, decoder].flatMap(networkParameters),
    encode,
    decode: (parameters: Parameters, latent: Tensor): Tensor => applyNetwork(decoder, parameters, latent),
  };
}

/** μ + σ·noise, or μ where there is no noise. */
export function gaussianSample({ mean, logVariance }: Gaussian, noise?: Tensor): Tensor {
  return noise ? add(mean, mul(noise, exp(mul(logVariance, 0.5)))) : mean;
}

/** KL(N(μ, σ²) ‖ N(0, 1)) = ½ Σ (μ² + σ² − log σ² − 1) over the components, its mean over the frames. */
export function gaussianDivergence({ mean, logVariance }: Gaussian, weight?: Tensor): Tensor {
  const ofEach = mul(sub(sub(add(square(mean), exp(logVariance)), logVariance), 1), 0.5);
  return reduceSum(frameMean(ofEach, weight));
}
