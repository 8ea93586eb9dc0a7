import { z } from 'zod';
import { defineMethod } from './method.js';
import { applyNetwork, networkParameters, type NetworkSpec } from './network.js';
import { pathClasses, pathInWords, pathOption, type PathClasses } from './path-class.js';
import { targetLoss, type TargetStates } from './targeted-states.js';

const needs = { labels: 'required', passages: true } as const;

/**
 * Deep-TDA with the transition path ensemble (TPI-Deep-TDA; Ray, Trizio & Parrinello 2023, doi:10.1063/5.0148872): frames on their way
 * from one state to the other are a class of their own, whose Gaussian is broad and lies midway between the states' narrow
 * ones. Loss as Deep-TDA's. Defaults are those of the authors' training of chignolin
 * (github.com/dhimanray/TPI_deepTDA: centres −7, 0, 7, deviations 0.2, 1.5, 0.2, α = 1, β = 250).
 */
export const tpiDeepTda = defineMethod({
  summary: 'deep-tda with the frames on the way between two states as a broad class in their middle',
  references: [
    'Ray, Trizio & Parrinello 2023, doi:10.1063/5.0148872',
    'Trizio & Parrinello 2021, doi:10.1021/acs.jpclett.1c02317',
  ],
  needs,
  orientation: 'as-trained',
  mostLatent: () => 1,
  options: z.object({
    path: z.int().min(0).optional().describe(pathOption),
    distance: z
      .number()
      .positive()
      .default(14)
      .describe("between the centres of the two states; the path's is midway"),
    deviation: z.number().positive().default(0.2).describe('target standard deviation of the two states'),
    pathDeviation: z
      .number()
      .positive()
      .default(1.5)
      .describe('target standard deviation of the path frames'),
    alpha: z.number().positive().default(1).describe('weight of the means'),
    beta: z.number().positive().default(250).describe('weight of the deviations'),
  }),
  create({ features, hidden, activation }, options, { states, stateNames }) {
    const classes = pathClasses(
      { path: options.path, states, ...(stateNames && { names: stateNames }) },
      {
        method: 'tpi-deep-tda',
        hint: 'for more states use deep-tda with its options centres and deviation, a number for each',
      },
    );
    const targets = targetsOf(options, classes);
    const network: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, 1], activation };
    return {
      needs,
      parameters: networkParameters(network),
      note: stateNames && pathInWords(stateNames, classes),
      encode: (parameters, x) => applyNetwork(network, parameters, x),
      loss: (parameters, { now, label, weight }) => {
        if (!label) throw new Error('tpi-deep-tda needs labels');
        return targetLoss(applyNetwork(network, parameters, now), { label, weight }, targets, options);
      },
    };
  },
});

/** The two states at either end in the order of their labels, the path between. */
function targetsOf(
  { distance, deviation, pathDeviation }: { distance: number; deviation: number; pathDeviation: number },
  { path, ends }: PathClasses,
): TargetStates {
  const centres = [0, 1, 2].map((place) => [
    place === path ? 0 : (place === ends[0] ? -1 : 1) * (distance / 2),
  ]);
  return { centres, deviations: [0, 1, 2].map((place) => (place === path ? pathDeviation : deviation)) };
}
