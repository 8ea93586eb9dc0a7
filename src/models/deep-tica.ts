import { z } from 'zod';
import { neg } from '../graph/index.js';
import { defineMethod } from './method.js';
import { applyNetwork, networkParameters, type NetworkSpec } from './network.js';
import { vamp2Score } from './vamp.js';

const needs = { pairs: true };

/**
 * Deep-TICA (Bonati, Piccini & Parrinello 2021, doi:10.1073/pnas.2113533118; SRV of Chen, Sidky & Ferguson 2019,
 * doi:10.1063/1.5092521): the encoder's outputs are the basis in which TICA is solved, and the loss is −Σ λ² of its
 * eigenvalues with covariances symmetric in time. After training the latent is rotated to the eigenfunctions.
 */
export const deepTica = defineMethod({
  summary: 'slowest modes of reversible dynamics (Deep-TICA)',
  references: [
    'Bonati, Piccini & Parrinello 2021, doi:10.1073/pnas.2113533118',
    'Chen, Sidky & Ferguson 2019, doi:10.1063/1.5092521',
  ],
  needs,
  orientation: 'slow',
  options: z.object({}),
  create({ features, hidden, latent, activation }) {
    const encoder: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, latent], activation };
    return {
      needs,
      parameters: networkParameters(encoder),
      encode: (parameters, x) => applyNetwork(encoder, parameters, x),
      loss: (parameters, { now, later, weight }) => {
        if (!later) throw new Error('deep-tica needs pairs');
        const ends = [now, later].map((x) => applyNetwork(encoder, parameters, x));
        const squaredEigenvalues = vamp2Score(ends[0], ends[1], weight);
        return { total: neg(squaredEigenvalues), parts: { squaredEigenvalues } };
      },
    };
  },
});
