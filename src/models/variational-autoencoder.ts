import { z } from 'zod';
import { add, mul, reduceSum, slice } from '../graph/index.js';
import { gaussianDivergence, gaussianSample } from './gaussian.js';
import { defineMethod } from './method.js';
import { applyNetwork, networkParameters, type NetworkSpec } from './network.js';
import { frameMean, reconstructionError } from './weighted.js';

/**
 * Variational autoencoder (Kingma & Welling 2014, arXiv:1312.6114; β: Higgins et al. 2017, ICLR 5): the encoder gives
 * mean μ and log-variance of a Gaussian, the decoder sees z = μ + σ·noise. Loss: mean squared error plus β/d times
 * KL(N(μ, σ²) ‖ N(0, 1)) = ½ Σ (μ² + σ² − log σ² − 1), d features. With β = 2s² this is, up to a factor and a
 * constant, the negative evidence lower bound with a decoder of variance s². The CVs are μ.
 */
export const variationalAutoencoder = defineMethod({
  summary: 'autoencoder with a Gaussian latent (β-VAE)',
  needs: {},
  orientation: 'variance',
  options: z.object({
    beta: z.number().min(0).default(0.1).describe('β, weight of the divergence from the prior'),
  }),
  create({ features, hidden, latent, activation }, { beta }) {
    const encoder: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, 2 * latent], activation };
    const decoder: NetworkSpec = {
      name: 'decoder',
      sizes: [latent, ...hidden.toReversed(), features],
      activation,
    };
    return {
      needs: { noise: latent },
      parameters: [...networkParameters(encoder), ...networkParameters(decoder)],
      encode: (parameters, x) => slice(applyNetwork(encoder, parameters, x), 1, 0, latent),
      loss: (parameters, { now, weight, noise }) => {
        const both = applyNetwork(encoder, parameters, now);
        const mean = slice(both, 1, 0, latent);
        const logVariance = slice(both, 1, latent, 2 * latent);
        const z = gaussianSample(mean, logVariance, noise);
        const reconstruction = reconstructionError(applyNetwork(decoder, parameters, z), now, weight);
        const divergence = reduceSum(frameMean(gaussianDivergence(mean, logVariance), weight));
        return {
          total: add(reconstruction, mul(divergence, beta / features)),
          parts: { reconstruction, divergence },
        };
      },
    };
  },
});
