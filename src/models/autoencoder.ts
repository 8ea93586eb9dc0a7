import { z } from 'zod';
import type { Tensor } from '../graph/index.js';
import { applyNetwork, networkParameters, type NetworkSpec, type Parameters } from './network.js';
import { defineMethod, type Architecture } from './method.js';
import { reconstructionError } from './weighted.js';

/** Encoder and decoder, mirror images of one another, and what they do with parameters. */
export function autoencoderNetworks({ features, hidden, latent, activation }: Architecture) {
  const sizes = [features, ...hidden, latent];
  const encoder: NetworkSpec = { name: 'encoder', sizes, activation };
  const decoder: NetworkSpec = { name: 'decoder', sizes: sizes.toReversed(), activation };
  return {
    parameters: [encoder, decoder].flatMap(networkParameters),
    encode: (parameters: Parameters, x: Tensor): Tensor => applyNetwork(encoder, parameters, x),
    decode: (parameters: Parameters, latent: Tensor): Tensor => applyNetwork(decoder, parameters, latent),
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
  options: z.object({}),
  create(architecture) {
    const { parameters, encode, decode } = autoencoderNetworks(architecture);
    return {
      needs,
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
