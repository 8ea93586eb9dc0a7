import { z } from 'zod';
import { abs, add, mul, reduceMean } from '../graph/index.js';
import { autoencoderNetworks } from './autoencoder.js';
import { defineMethod } from './method.js';
import { frameMean, reconstructionError } from './weighted.js';

const needs = {};

/**
 * Sparse autoencoder: reconstruction error plus λ times the mean |z|, so that few components of the latent are far
 * from zero at once (Olshausen & Field 1996, doi:10.1038/381607a0). Its latent is left as it was trained: a
 * rotation would undo the sparsity. The weight decay keeps the decoder from making up for a small latent.
 */
export const sparseAutoencoder = defineMethod({
  summary: 'autoencoder of whose latent few components are far from zero at once',
  references: ['Olshausen & Field 1996, doi:10.1038/381607a0'],
  needs,
  orientation: 'as-trained',
  rebuilds: true,
  ofMeans: true,
  options: z.object({
    sparsity: z.number().min(0).default(0.01).describe('λ, weight of the mean absolute latent'),
  }),
  create(architecture, { sparsity }) {
    const { parameters, encode, decode } = autoencoderNetworks(architecture);
    return {
      needs,
      parameters,
      encode,
      decode,
      loss: (values, { now, weight }) => {
        const latent = encode(values, now);
        const reconstruction = reconstructionError(decode(values, latent), now, weight);
        const magnitude = reduceMean(frameMean(abs(latent), weight));
        return { total: add(reconstruction, mul(magnitude, sparsity)), parts: { reconstruction, magnitude } };
      },
    };
  },
});
