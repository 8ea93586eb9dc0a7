import { meanSquaredError } from '../graph/index.js';
import { applyNetwork, networkParameters, type NetworkSpec } from './network.js';
import type { Architecture, CvMethod } from './method.js';

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

/**
 * Plain autoencoder: mean squared reconstruction error of the scaled features (Hinton & Salakhutdinov 2006,
 * doi:10.1126/science.1127647). It tells states apart, but nothing makes its latent slow.
 */
export function autoencoder(architecture: Architecture): CvMethod {
  const { encoder, decoder } = autoencoderNetworks(architecture);
  return {
    name: 'autoencoder',
    usesPairs: false,
    parameters: [...networkParameters(encoder), ...networkParameters(decoder)],
    encode: (parameters, x) => applyNetwork(encoder, parameters, x),
    loss: (parameters, { now }) => {
      const latent = applyNetwork(encoder, parameters, now);
      const reconstruction = meanSquaredError(applyNetwork(decoder, parameters, latent), now);
      return { total: reconstruction, parts: { reconstruction } };
    },
  };
}
