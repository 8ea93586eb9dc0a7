import { z } from 'zod';
import { neg } from '../graph/index.js';
import { defineMethod } from './method.js';
import { applyNetwork, networkParameters, type NetworkSpec } from './network.js';
import { vampScores, type VampScore } from './vamp.js';

const needs = { pairs: true };
const scores = Object.keys(vampScores) as [VampScore, ...VampScore[]];

/**
 * VAMPnet (Mardt, Pasquali, Wu & Noé 2018, doi:10.1038/s41467-017-02388-1): an encoder alone, whose latent maximises a
 * VAMP score at the lag time without assuming that the dynamics is reversible. Both ends of a pair go through the
 * same encoder; its output is affine, not a softmax, so that the latent spans the singular functions themselves.
 */
export const vampnet = defineMethod({
  summary: 'latent of the highest VAMP score at the lag (VAMPnet); for dynamics that need not be reversible',
  references: ['Mardt, Pasquali, Wu & Noé 2018, doi:10.1038/s41467-017-02388-1'],
  needs,
  orientation: 'slow',
  options: z.object({
    score: z.enum(scores).default('vamp-2').describe('score to maximise: vamp-1, vamp-2 or vamp-e'),
  }),
  create({ features, hidden, latent, activation }, { score }) {
    const encoder: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, latent], activation };
    return {
      needs,
      parameters: networkParameters(encoder),
      encode: (parameters, x) => applyNetwork(encoder, parameters, x),
      loss: (parameters, { now, later, weight }) => {
        if (!later) throw new Error('vampnet needs pairs');
        const ends = [now, later].map((x) => applyNetwork(encoder, parameters, x));
        const value = vampScores[score](ends[0], ends[1], weight);
        return { total: neg(value), parts: { [score.replace('-', '')]: value } };
      },
    };
  },
});
