import { z } from 'zod';
import { add, mul } from '../graph/index.js';
import { anglesOption } from './angles.js';
import { autoencoderNetworks } from './autoencoder.js';
import { defineMethod } from './method.js';
import { reconstructionError } from './weighted.js';

/**
 * Denoising autoencoder (Vincent et al. 2008, doi:10.1145/1390156.1390294; Bengio et al. 2013, arXiv:1305.6663):
 * reconstructs the scaled features from a copy with Gaussian noise, so that it learns the way back to the data.
 */
export const denoisingAutoencoder = defineMethod({
  summary: 'autoencoder that reconstructs the inputs from noisy ones',
  references: ['Vincent et al. 2008, doi:10.1145/1390156.1390294', 'Bengio et al. 2013, arXiv:1305.6663'],
  needs: {},
  orientation: 'variance',
  rebuilds: true,
  ofMeans: true,
  options: z.object({
    angles: anglesOption,
    noise: z.number().min(0).default(0.2).describe('deviation of the noise, in units of the scaled inputs'),
  }),
  create(architecture, { angles, noise: deviation }) {
    const { parameters, encode, decode, ...circular } = autoencoderNetworks(architecture, angles);
    return {
      needs: { noise: architecture.features },
      ...circular,
      parameters,
      encode,
      decode,
      loss: (values, { now, weight, noise }) => {
        const corrupted = noise ? add(now, mul(noise, deviation)) : now;
        const latent = encode(values, corrupted);
        const reconstruction = reconstructionError(decode(values, latent), now, weight);
        return { total: reconstruction, parts: { reconstruction } };
      },
    };
  },
});
