import { z } from 'zod';
import { anglesOption } from './angles.js';
import { autoencoderNetworks } from './autoencoder.js';
import { defineMethod } from './method.js';
import { reconstructionError } from './weighted.js';

const needs = { pairs: true };

/**
 * Time-lagged autoencoder (Wehmeyer & Noé 2018, doi:10.1063/1.5011399): the decoder tells the frame one lag on from the
 * latent of the present one, ‖x(t+τ) − D(E(x(t)))‖². What it keeps is what predicts, by variance: of slow modes, those
 * that move the inputs far.
 */
export const timeLaggedAutoencoder = defineMethod({
  summary: 'predicts the inputs one lag on (time-lagged autoencoder)',
  references: ['Wehmeyer & Noé 2018, doi:10.1063/1.5011399'],
  needs,
  orientation: 'slow',
  ofMeans: true,
  options: z.object({ angles: anglesOption }),
  create(architecture, { angles }) {
    const { parameters, encode, decode, ...circular } = autoencoderNetworks(architecture, angles);
    return {
      needs,
      ...circular,
      parameters,
      encode,
      loss: (values, { now, later, weight }) => {
        if (!later) throw new Error('time-lagged-autoencoder needs pairs');
        const latent = encode(values, now);
        const prediction = reconstructionError(decode(values, latent), later, weight);
        return { total: prediction, parts: { prediction } };
      },
    };
  },
});
