import { z } from 'zod';
import {
  add,
  div,
  gradient,
  log,
  mul,
  reduceMax,
  reduceSum,
  sigmoid,
  slice,
  square,
  sub,
  type Tensor,
} from '../graph/index.js';
import { LatentcvError } from '../support/index.js';
import { defineMethod } from './method.js';
import { byAtoms, chosenPairs, gradientChoices, massWeighted } from './gradients.js';
import { applyNetwork, networkParameters, type NetworkSpec } from './network.js';
import { frameMean } from './weighted.js';

const needs = { labels: 'required', metric: 'optional' } as const;

/** Keeps a batch without frames of a state, and a committor without slope, from dividing by or the logarithm of 0. */
const tiny = 1e-12;

/**
 * Variational committor (Kang, Trizio & Parrinello 2024, doi:10.1038/s43588-024-00645-0): q = σ(z), the probability to
 * reach state B before A, minimises Kolmogorov's functional K = ⟨w |∇q|²⟩ among functions that are 0 in A and 1 in B.
 * Loss: log K (or K) + α (⟨q²⟩ over frames of A + ⟨(1 − q)²⟩ over frames of B). ∇ is by the atoms' mass-weighted coordinates, through
 * the features, or by the scaled features alone, for a diffusion that is the same in all of them (Trizio, Rossi & Parrinello
 * 2026, arXiv:2602.23236, learn in the space of descriptors, too); w are the weights that make the frames Boltzmann's. The CV is z.
 */
export const committor = defineMethod({
  summary: 'probability to reach one labelled state before the other (variational committor)',
  references: [
    'Kang, Trizio & Parrinello 2024, doi:10.1038/s43588-024-00645-0',
    'Trizio, Kang & Parrinello 2025, doi:10.1038/s43588-025-00799-5',
  ],
  needs,
  orientation: 'as-trained',
  mostLatent: () => 1,
  options: z.object({
    from: z.int().min(0).default(0).describe('state A, where the committor is 0: its place among the states'),
    to: z.int().min(0).default(1).describe('state B, where it is 1'),
    alpha: z.number().min(0).default(100).describe('α, weight of the two boundary conditions'),
    logarithm: z.boolean().default(true).describe('minimise log K, whose slope does not depend on the rate'),
    gradient: z
      .enum(gradientChoices)
      .default('auto')
      .describe(
        "∇ of the loss: by the atoms' mass-weighted coordinates, by the scaled inputs, or by atoms where they are known",
      ),
    lambda: z
      .number()
      .positive()
      .default(1)
      .describe('λ of the bias from the gradient, which is proportional to it'),
    epsilon: z
      .number()
      .positive()
      .optional()
      .describe(
        'ε of that bias: the |∇q|², by the inputs in their units, below which it vanishes; default: 1e-5 of the largest among the frames',
      ),
    output: z.enum(['z', 'q']).default('z').describe('the CV: z, which goes on rising in the states, or q'),
  }),
  create({ features, hidden, activation }, options, { states, metric: known }) {
    const { from, to, alpha, logarithm, output, lambda, epsilon } = options;
    checkStates(from, to, states);
    if (logarithm) checkAlpha(alpha);
    const pairs = chosenPairs(options.gradient, known);
    const encoder: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, 1], activation };
    return {
      needs,
      parameters: networkParameters(encoder),
      note: pairs ? byAtoms : 'gradients by the scaled inputs',
      encode: (parameters, x) => {
        const z = applyNetwork(encoder, parameters, x);
        return output === 'z' ? z : sigmoid(z);
      },
      committor: {
        logit: (parameters, x) => applyNetwork(encoder, parameters, x),
        lambda,
        ...(epsilon !== undefined && { epsilon }),
      },
      loss: (parameters, { now, weight, label, metric }) => {
        if (!label) throw new Error('committor needs labels');
        const q = sigmoid(applyNetwork(encoder, parameters, now));
        const slope = gradient(reduceSum(q), [now])[0];
        const squared = pairs && metric ? massWeighted(slope, slope, { metric, pairs }) : square(slope);
        const slopes = reduceSum(squared, [1], true);
        const functional = reduceSum(frameMean(slopes, weight));
        const boundaryA = meanIn(square(q), label, from);
        const boundaryB = meanIn(square(sub(q, 1)), label, to);
        const variational = logarithm ? log(add(functional, tiny)) : functional;
        return {
          total: add(variational, mul(add(boundaryA, boundaryB), alpha)),
          parts: { functional, boundaryA, boundaryB, carriers: carriersOf(slopes, weight) },
        };
      },
    };
  },
});

/** How many frames as many K rests on (Kish) as if each had the same part in it, of n `slopes` |∇q|² `[n, 1]`. */
function carriersOf(slopes: Tensor, weight: Tensor | undefined): Tensor {
  const shares = weight ? mul(slopes, weight) : slopes;
  // the largest is 1, so that squares stay within single precision
  const relative = div(shares, add(reduceMax(shares, [0, 1]), Number.MIN_VALUE));
  return div(square(reduceSum(relative)), add(reduceSum(square(relative)), tiny));
}

/** Mean of a column `[n, 1]` over the frames of a state; 0 where there are none. */
function meanIn(column: Tensor, label: Tensor, state: number): Tensor {
  const member = slice(label, 1, state, state + 1);
  return div(reduceSum(mul(column, member)), add(reduceSum(member), tiny));
}

/** Below, a constant committor of ½ (boundary terms ½ together, log K down to log 1e-12) would be the minimum. */
const leastAlpha = 60;

function checkAlpha(alpha: number): void {
  if (alpha >= leastAlpha) return;
  throw new LatentcvError(
    'bad-argument',
    `expected alpha of at least ${leastAlpha} with the logarithm of K but received ${alpha}`,
    'with less a constant committor would be best; or set logarithm to false',
  );
}

function checkStates(from: number, to: number, states: number): void {
  if (from !== to && Math.max(from, to) < states) return;
  throw new LatentcvError(
    'bad-argument',
    `expected two of the ${states} labelled states for a committor but received ${from} and ${to}`,
    'states count from 0 in the order of their labels',
  );
}
