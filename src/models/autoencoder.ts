import { z } from 'zod';
import { applyNetwork, networkParameters, type NetworkSpec } from './network.js';
import { defineMethod, type Architecture } from './method.js';
import { reconstructionError } from './weighted.js';

/** Encoder and decoder as mirror images of one another. */
export function autoencoderNetworks({ features, hidden, latent, activation }: Architecture): {
  encoder: NetworkSpec;
  decoder: NetworkSpec;
} {
  const sizes = [features, ...hidden, latent];
  return {
    encoder: { name: 'encoder', sizes, activation },
    decoder: { name: 'decoder', sizes: sizes.toReversed(), activation },
  };
}

const needs = {};

/**
 * Plain autoencoder: mean squared reconstruction error of the scaled features (Hinton & Salakhutdinov 2006,
 * doi:10.1126/science.1127647). It tells states apart, but nothing makes its latent slow.
 */
export const autoencoder = defineMethod({
  summary: 'reconstructs the inputs; tells states apart, but nothing makes it slow',
  needs,
  orientation: 'variance',
  options: z.object({}),
  create(architecture) {
    const { encoder, decoder } = autoencoderNetworks(architecture);
    return {
      needs,
      parameters: [...networkParameters(encoder), ...networkParameters(decoder)],
      encode: (parameters, x) => applyNetwork(encoder, parameters, x),
      loss: (parameters, { now, weight }) => {
        const latent = applyNetwork(encoder, parameters, now);
        const reconstruction = reconstructionError(applyNetwork(decoder, parameters, latent), now, weight);
        return { total: reconstruction, parts: { reconstruction } };
      },
    };
  },
});
