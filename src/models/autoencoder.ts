import { z } from 'zod';
import type { Tensor } from '../graph/index.js';
import { anglesOption, checkAngles, latentOfPairs, pairsOfLatent } from './angles.js';
import { applyNetwork, networkParameters, type NetworkSpec, type Parameters } from './network.js';
import { defineMethod, type Architecture } from './method.js';
import { reconstructionError } from './weighted.js';

/**
 * Encoder and decoder, mirror images of one another, and what they do with parameters. The first `angles` of the latents are angles: of
 * two outputs of the encoder each, and the decoder sees their sine and cosine.
 * @throws LatentcvError `bad-argument` where there are fewer CVs than angles
 */
export function autoencoderNetworks({ features, hidden, latent, activation }: Architecture, angles = 0) {
  checkAngles(angles, latent);
  const sizes = [features, ...hidden, latent + angles];
  const encoder: NetworkSpec = { name: 'encoder', sizes, activation };
  const decoder: NetworkSpec = { name: 'decoder', sizes: sizes.toReversed(), activation };
  return {
    parameters: [encoder, decoder].flatMap(networkParameters),
    encode: (parameters: Parameters, x: Tensor): Tensor =>
      latentOfPairs(applyNetwork(encoder, parameters, x), angles),
    decode: (parameters: Parameters, latent: Tensor): Tensor =>
      applyNetwork(decoder, parameters, pairsOfLatent(latent, angles)),
    // what the training record and the model file say of it
    ...(angles > 0 && {
      angles,
      network: `${sizes.join('-')} ${activation}, ${angles} of ${latent} CVs an angle`,
    }),
  };
}

const needs = {};

/**
 * Plain autoencoder: mean squared reconstruction error of the scaled features (Hinton & Salakhutdinov 2006,
 * doi:10.1126/science.1127647). It tells states apart, but nothing makes its latent slow.
 */
export const autoencoder = defineMethod({
  summary: 'reconstructs the inputs; tells states apart, but nothing makes it slow',
  references: ['Hinton & Salakhutdinov 2006, doi:10.1126/science.1127647'],
  needs,
  orientation: 'variance',
  rebuilds: true,
  ofMeans: true,
  options: z.object({ angles: anglesOption }),
  create(architecture, { angles }) {
    const { parameters, encode, decode, ...circular } = autoencoderNetworks(architecture, angles);
    return {
      needs,
      ...circular,
      parameters,
      encode,
      decode,
      loss: (values, { now, weight }) => {
        const latent = encode(values, now);
        const reconstruction = reconstructionError(decode(values, latent), now, weight);
        return { total: reconstruction, parts: { reconstruction } };
      },
    };
  },
});
