import { z } from 'zod';
import { add, mul } from '../graph/index.js';
import { autoencoderNetworks } from './autoencoder.js';
import { defineMethod } from './method.js';
import { targetLoss, targetOptions, targetStates } from './targeted-states.js';
import { reconstructionError } from './weighted.js';

const needs = { labels: 'required' } as const;

/**
 * Autoencoder and Deep-TDA on one latent, semi-supervised (the multi-task CV of Bonati et al. 2023, doi:10.1063/5.0156343): all frames are
 * rebuilt, and those with a label are sent to the Gaussians of their states (Trizio & Parrinello 2021,
 * doi:10.1021/acs.jpclett.1c02317). Loss: mean (x − x̂)² over all frames + w Σ_states Σ_CVs α (μ − μ*)² + β (σ − σ*)².
 */
export const multitaskDeepTda = defineMethod({
  summary: 'autoencoder of all frames whose latent also sends the labelled ones to Gaussians',
  references: [
    'Bonati et al. 2023, doi:10.1063/5.0156343',
    'Trizio & Parrinello 2021, doi:10.1021/acs.jpclett.1c02317',
  ],
  needs,
  orientation: 'as-trained',
  rebuilds: true,
  options: z.object({
    ...targetOptions,
    tda: z.number().positive().default(1).describe("w, weight of the states' loss beside the reconstruction"),
  }),
  create(architecture, options, { states }) {
    const targets = targetStates(options, states, architecture.latent);
    const { parameters, encode, decode } = autoencoderNetworks(architecture);
    return {
      needs,
      parameters,
      encode,
      decode,
      loss: (values, { now, label, weight }) => {
        if (!label) throw new Error('multitask-deep-tda needs labels');
        const latent = encode(values, now);
        const reconstruction = reconstructionError(decode(values, latent), now, weight);
        const { total, parts } = targetLoss(latent, { label, weight }, targets, options);
        return { total: add(reconstruction, mul(total, options.tda)), parts: { reconstruction, ...parts } };
      },
    };
  },
});
