import { z } from 'zod';
import { add, mul, reduceSum, slice, sub, type Tensor } from '../graph/index.js';
import { gaussianDivergence, gaussianSample } from './gaussian.js';
import { defineMethod } from './method.js';
import { applyNetwork, networkParameters, type NetworkSpec } from './network.js';
import { autocorrelation } from './vamp.js';
import { frameMean, reconstructionError } from './weighted.js';

/**
 * Variational time-lagged autoencoder, the variational dynamics encoder of Hernández et al. 2018
 * (doi:10.1103/PhysRevE.97.062412): the encoder gives a Gaussian N(μ, σ²), the decoder tells the frame one lag on from
 * a draw z of it. Loss, with d features: mean squared error of the prediction + β/d KL(N(μ, σ²) ‖ N(0, 1)) −
 * a·tr(C0⁻¹ Ct) of μ, which of one latent is its autocorrelation (the paper's term). The CVs are μ.
 */
export const variationalDynamicsEncoder = defineMethod({
  summary: 'predicts the inputs one lag on through a noisy, slow latent (variational dynamics encoder)',
  needs: { pairs: true },
  orientation: 'slow',
  options: z.object({
    beta: z.number().min(0).default(0.01).describe('β, weight of the divergence from the prior'),
    autocorrelation: z.number().min(0).default(1).describe('a, weight of the autocorrelation of the latent'),
  }),
  create({ features, hidden, latent, activation }, { beta, autocorrelation: weightOfSlowness }) {
    const encoder: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, 2 * latent], activation };
    const sizes = [latent, ...hidden.toReversed(), features];
    const decoder: NetworkSpec = { name: 'decoder', sizes, activation };
    const gaussian = (both: Tensor): { mean: Tensor; logVariance: Tensor } => ({
      mean: slice(both, 1, 0, latent),
      logVariance: slice(both, 1, latent, 2 * latent),
    });
    return {
      needs: { pairs: true, noise: latent },
      parameters: [...networkParameters(encoder), ...networkParameters(decoder)],
      encode: (parameters, x) => gaussian(applyNetwork(encoder, parameters, x)).mean,
      loss: (parameters, { now, later, weight, noise }) => {
        if (!later) throw new Error('variational-dynamics-encoder needs pairs');
        const { mean, logVariance } = gaussian(applyNetwork(encoder, parameters, now));
        const laterMean = gaussian(applyNetwork(encoder, parameters, later)).mean;
        const decoded = applyNetwork(decoder, parameters, gaussianSample(mean, logVariance, noise));
        const prediction = reconstructionError(decoded, later, weight);
        const divergence = reduceSum(frameMean(gaussianDivergence(mean, logVariance), weight));
        const slowness = autocorrelation(mean, laterMean, weight);
        const regularised = add(prediction, mul(divergence, beta / features));
        return {
          total: sub(regularised, mul(slowness, weightOfSlowness)),
          parts: { prediction, divergence, autocorrelation: slowness },
        };
      },
    };
  },
});
