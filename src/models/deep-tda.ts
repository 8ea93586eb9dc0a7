import { z } from 'zod';
import { defineMethod } from './method.js';
import { applyNetwork, networkParameters, type NetworkSpec } from './network.js';
import { targetLoss, targetOptions, targetStates } from './targeted-states.js';

const needs = { labels: 'required' } as const;

/**
 * Deep-TDA (Trizio & Parrinello 2021, doi:10.1021/acs.jpclett.1c02317): the states' distributions along the CVs are
 * driven to Gaussians chosen beforehand, loss Σ_states Σ_cvs α (μ − μ*)² + β (σ − σ*)².
 */
export const deepTda = defineMethod({
  summary: 'a network that sends each labelled state to a Gaussian chosen beforehand',
  references: ['Trizio & Parrinello 2021, doi:10.1021/acs.jpclett.1c02317'],
  needs,
  orientation: 'as-trained',
  options: z.object(targetOptions),
  create({ features, hidden, latent, activation }, options, { states }) {
    const targets = targetStates(options, states, latent);
    const network: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, latent], activation };
    return {
      needs,
      parameters: networkParameters(network),
      encode: (parameters, x) => applyNetwork(network, parameters, x),
      loss: (parameters, { now, label, weight }) => {
        if (!label) throw new Error('deep-tda needs labels');
        return targetLoss(applyNetwork(network, parameters, now), { label, weight }, targets, options);
      },
    };
  },
});
