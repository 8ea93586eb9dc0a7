import { meanSquaredError, sub } from '../graph/index.js';
import { autoencoderNetworks } from './autoencoder.js';
import { applyNetwork, networkParameters } from './network.js';
import { vamp2Score } from './vamp.js';
import type { Architecture, CvMethod } from './method.js';

/**
 * Autoencoder whose latent is also asked to be slow: reconstruction error minus the VAMP-2 score of the
 * latent at the lag time. The default where frames are ordered in time.
 */
export function vampAutoencoder(architecture: Architecture): CvMethod {
  const { encoder, decoder } = autoencoderNetworks(architecture);
  return {
    name: 'vamp-autoencoder',
    usesPairs: true,
    parameters: [...networkParameters(encoder), ...networkParameters(decoder)],
    encode: (parameters, x) => applyNetwork(encoder, parameters, x),
    loss: (parameters, { now, later }) => {
      if (!later) throw new Error('vamp-autoencoder needs pairs');
      const latent = applyNetwork(encoder, parameters, now);
      const reconstruction = meanSquaredError(applyNetwork(decoder, parameters, latent), now);
      const vamp2 = vamp2Score(latent, applyNetwork(encoder, parameters, later));
      return { total: sub(reconstruction, vamp2), parts: { reconstruction, vamp2 } };
    },
  };
}
