import { z } from 'zod';
import { add, mul } from '../graph/index.js';
import { gaussianDivergence, gaussianNetworks, gaussianSample } from './gaussian.js';
import { defineMethod } from './method.js';
import { reconstructionError } from './weighted.js';

/**
 * Variational autoencoder (Kingma & Welling 2014, arXiv:1312.6114; β: Higgins et al. 2017, ICLR 5): the encoder gives
 * mean μ and log-variance of a Gaussian, the decoder sees z = μ + σ·noise. Loss: mean squared error plus β/d times
 * KL(N(μ, σ²) ‖ N(0, 1)) = ½ Σ (μ² + σ² − log σ² − 1), d features. With β = 2s² this is, up to a factor and a
 * constant, the negative evidence lower bound with a decoder of variance s². The CVs are μ.
 */
export const variationalAutoencoder = defineMethod({
  summary: 'autoencoder with a Gaussian latent (β-VAE)',
  references: ['Kingma & Welling 2014, arXiv:1312.6114'],
  needs: {},
  orientation: 'variance',
  rebuilds: true,
  ofMeans: true,
  options: z.object({
    beta: z.number().min(0).default(0.1).describe('β, weight of the divergence from the prior'),
  }),
  create(architecture, { beta }) {
    const { parameters, encode, decode } = gaussianNetworks(architecture);
    return {
      needs: { noise: architecture.latent },
      parameters,
      encode: (values, x) => encode(values, x).mean,
      decode,
      loss: (values, { now, weight, noise }) => {
        const latent = encode(values, now);
        const decoded = decode(values, gaussianSample(latent, noise));
        const reconstruction = reconstructionError(decoded, now, weight);
        const divergence = gaussianDivergence(latent, weight);
        return {
          total: add(reconstruction, mul(divergence, beta / architecture.features)),
          parts: { reconstruction, divergence },
        };
      },
    };
  },
});
