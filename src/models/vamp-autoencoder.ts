import { z } from 'zod';
import { sub, type Tensor } from '../graph/index.js';
import { anglesOption, pairsOfLatent } from './angles.js';
import { autoencoderNetworks } from './autoencoder.js';
import { defineMethod } from './method.js';
import { vamp2Score } from './vamp.js';
import { reconstructionError } from './weighted.js';

const needs = { pairs: true };

/**
 * Autoencoder whose latent is also asked to be slow: reconstruction error minus the VAMP-2 score of the
 * latent at the lag time. The default where frames are ordered in time. Of angles the score is that of their sines and cosines.
 */
export const vampAutoencoder = defineMethod({
  summary: 'reconstructs the inputs through a latent that is also slow (VAMP-2); the default',
  references: [
    'Hinton & Salakhutdinov 2006, doi:10.1126/science.1127647',
    'Wu & Noé 2020, doi:10.1007/s00332-019-09567-y',
  ],
  needs,
  orientation: 'slow',
  endsEarly: true,
  rebuilds: true,
  options: z.object({ angles: anglesOption }),
  create(architecture, { angles }) {
    const { parameters, encode, decode, ...circular } = autoencoderNetworks(architecture, angles);
    const points = (latent: Tensor): Tensor => pairsOfLatent(latent, angles);
    return {
      needs,
      ...circular,
      parameters,
      encode,
      decode,
      loss: (values, { now, later, weight, frameWeight = weight }) => {
        if (!later) throw new Error('vamp-autoencoder needs pairs');
        const latent = encode(values, now);
        const reconstruction = reconstructionError(decode(values, latent), now, frameWeight);
        const vamp2 = vamp2Score(points(latent), points(encode(values, later)), weight);
        return { total: sub(reconstruction, vamp2), parts: { reconstruction, vamp2 } };
      },
    };
  },
});
