import { z } from 'zod';
import { add, gradient, mul, reduceMean, reduceSum, slice, square, type Tensor } from '../graph/index.js';
import { autoencoderNetworks } from './autoencoder.js';
import { defineMethod } from './method.js';
import { frameMean, reconstructionError } from './weighted.js';

const needs = {};

/**
 * Contractive autoencoder (Rifai et al. 2011, ICML 28): reconstruction error plus λ times the mean of ‖∂z/∂x‖², the
 * squared Frobenius norm of the encoder's Jacobian, so that the latent moves only where the data does.
 */
export const contractiveAutoencoder = defineMethod({
  summary: 'autoencoder whose latent is kept from moving where the data does not (‖∂z/∂x‖²)',
  references: ['Rifai et al. 2011, ICML 28'],
  needs,
  orientation: 'variance',
  rebuilds: true,
  ofMeans: true,
  options: z.object({
    contraction: z.number().min(0).default(0.01).describe('λ, weight of the squared norm of the Jacobian'),
  }),
  create(architecture, { contraction }) {
    const { parameters, encode, decode } = autoencoderNetworks(architecture);
    return {
      needs,
      parameters,
      encode,
      decode,
      loss: (values, { now, weight }) => {
        const latent = encode(values, now);
        const reconstruction = reconstructionError(decode(values, latent), now, weight);
        const jacobian = reduceMean(frameMean(jacobianNorm(latent, now), weight));
        return {
          total: add(reconstruction, mul(jacobian, contraction)),
          parts: { reconstruction, jacobian },
        };
      },
    };
  },
});

/** Squared Frobenius norm of ∂latent/∂x for each frame, `[n, 1]`: one reverse pass for each component. */
export function jacobianNorm(latent: Tensor, x: Tensor): Tensor {
  const norms = Array.from({ length: latent.shape[1] as number }, (_, j) => {
    const [row] = gradient(reduceSum(slice(latent, 1, j, j + 1)), [x]);
    return reduceSum(square(row), [1], true);
  });
  return norms.reduce((a, b) => add(a, b));
}
