import { z } from 'zod';
import { add, mul, sub } from '../graph/index.js';
import { gaussianDivergence, gaussianNetworks, gaussianSample } from './gaussian.js';
import { defineMethod } from './method.js';
import { latentAutocorrelation } from './vamp.js';
import { reconstructionError } from './weighted.js';

/**
 * Variational time-lagged autoencoder, the variational dynamics encoder of Hernández et al. 2018
 * (doi:10.1103/PhysRevE.97.062412): the encoder gives a Gaussian N(μ, σ²), the decoder tells the frame one lag on from
 * a draw z of it. Loss, with d features: mean squared error of the prediction + β/d KL(N(μ, σ²) ‖ N(0, 1)) −
 * a·tr(C0⁻¹ Ct) of μ, which of one latent is its autocorrelation (the paper's term). The CVs are μ.
 */
export const variationalDynamicsEncoder = defineMethod({
  summary: 'predicts the inputs one lag on through a noisy, slow latent (variational dynamics encoder)',
  references: ['Hernández et al. 2018, doi:10.1103/PhysRevE.97.062412'],
  needs: { pairs: true },
  orientation: 'slow',
  options: z.object({
    beta: z.number().min(0).default(0.01).describe('β, weight of the divergence from the prior'),
    autocorrelation: z.number().min(0).default(1).describe('a, weight of the autocorrelation of the latent'),
  }),
  create(architecture, { beta, autocorrelation: weightOfSlowness }) {
    const { parameters, encode, decode } = gaussianNetworks(architecture);
    return {
      needs: { pairs: true, noise: architecture.latent },
      parameters,
      encode: (values, x) => encode(values, x).mean,
      loss: (values, { now, later, weight, noise }) => {
        if (!later) throw new Error('variational-dynamics-encoder needs pairs');
        const latent = encode(values, now);
        const decoded = decode(values, gaussianSample(latent, noise));
        const prediction = reconstructionError(decoded, later, weight);
        const divergence = gaussianDivergence(latent, weight);
        const slowness = latentAutocorrelation(latent.mean, encode(values, later).mean, weight);
        const regularised = add(prediction, mul(divergence, beta / architecture.features));
        return {
          total: sub(regularised, mul(slowness, weightOfSlowness)),
          parts: { prediction, divergence, autocorrelation: slowness },
        };
      },
    };
  },
});
