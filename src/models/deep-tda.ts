import { z } from 'zod';
import { LatentcvError } from '../support/index.js';
import { add, constant, mul, reduceSum, sqrt, square, sub, type Tensor } from '../graph/index.js';
import { defineMethod } from './method.js';
import { applyNetwork, networkParameters, type NetworkSpec } from './network.js';
import { stateMoments } from './states.js';

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
  options: z.object({
    centres: z
      .array(z.array(z.number()))
      .optional()
      .describe('target means, one row of CVs for each state; default: 14 apart on a line, or a simplex'),
    deviation: z.number().positive().default(0.2).describe('target standard deviation of each state'),
    alpha: z.number().positive().default(1).describe('weight of the means'),
    beta: z.number().positive().default(100).describe('weight of the deviations'),
  }),
  create({ features, hidden, latent, activation }, { centres, deviation, alpha, beta }, { states }) {
    const targets = centres ? checked(centres, states, latent) : defaultCentres(states, latent);
    const network: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, latent], activation };
    return {
      needs,
      parameters: networkParameters(network),
      encode: (parameters, x) => applyNetwork(network, parameters, x),
      loss: (parameters, { now, label, weight }) => {
        if (!label) throw new Error('deep-tda needs labels');
        const moments = stateMoments(applyNetwork(network, parameters, now), label, weight);
        const mean = total(
          moments.map((state, i) => reduceSum(square(sub(state.mean, constant(targets[i], [1, latent]))))),
        );
        const spread = total(
          moments.map(({ variance }) => reduceSum(square(sub(sqrt(add(variance, 1e-12)), deviation)))),
        );
        return { total: add(mul(mean, alpha), mul(spread, beta)), parts: { mean, spread } };
      },
    };
  },
});

const total = (terms: Tensor[]): Tensor => terms.reduce((a, b) => add(a, b));

const centreDistance = 14;

/** Equally far apart on a line for one CV; the corners of a regular simplex where there is a CV for each gap. */
function defaultCentres(states: number, latent: number): number[][] {
  if (latent === 1)
    return Array.from({ length: states }, (_, i) => [centreDistance * (i - (states - 1) / 2)]);
  if (latent === states - 1) return simplex(states).map((row) => row.map((value) => centreDistance * value));
  throw new LatentcvError(
    'bad-argument',
    `expected 1 or ${states - 1} CVs for ${states} states but received ${latent}`,
    'choose another ‘latent’, or give the centres',
  );
}

/** Corners of a regular simplex of edge 1 around the origin, `[corners][corners − 1]`. */
function simplex(corners: number): number[][] {
  const points = Array.from({ length: corners }, () => new Array<number>(corners - 1).fill(0));
  for (let axis = 0; axis < corners - 1; axis++) {
    const left = corners - axis;
    const height = Math.sqrt(left / (2 * (left - 1)));
    points[axis][axis] = height * ((left - 1) / left);
    for (let i = axis + 1; i < corners; i++) points[i][axis] = -height / left;
  }
  return points;
}

function checked(centres: number[][], states: number, latent: number): number[][] {
  if (centres.length === states && centres.every((row) => row.length === latent)) return centres;
  throw new LatentcvError(
    'bad-argument',
    `expected ${states} rows of ${latent} numbers for the centres but received ${centres.map((r) => r.length).join(', ')}`,
  );
}
