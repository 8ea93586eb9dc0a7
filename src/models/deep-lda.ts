import { z } from 'zod';
import { add, div, mul, reduceSum, square, sub, type Tensor } from '../graph/index.js';
import { fisherRatio } from './fisher.js';
import { defineMethod } from './method.js';
import { stateMoments } from './states.js';
import { applyNetwork, networkParameters, type NetworkSpec } from './network.js';

const needs = { labels: 'required' } as const;

/**
 * Deep-LDA (Bonati, Rizzi & Parrinello 2020, doi:10.1021/acs.jpclett.0c00535): a network whose last layer `h` is
 * told apart as well as linear discriminant analysis can, loss −tr(S_w⁻¹ S_b) − α/(1 + (s² − 1)²), with s² the mean
 * of |h|², all states counting alike as in S_w and S_b, α = 2/λ, and S_w regularised by λ. The CVs are the discriminant
 * directions of h.
 */
export const deepLda = defineMethod({
  summary: 'a network that tells labelled states apart as linear discriminant analysis does',
  references: ['Bonati, Rizzi & Parrinello 2020, doi:10.1021/acs.jpclett.0c00535'],
  needs,
  orientation: 'discriminant',
  mostLatent: ({ states }) => states - 1,
  options: z.object({
    ridge: z.number().positive().default(0.5).describe('λ, added to the covariance within states'),
    width: z.number().int().min(1).max(16).default(5).describe('width of the layer that is discriminated'),
  }),
  create({ features, hidden, activation }, { ridge, width }) {
    const network: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, width], activation };
    return {
      needs,
      width,
      network: `${network.sizes.join('-')} ${activation}`,
      parameters: networkParameters(network),
      encode: (parameters, x) => applyNetwork(network, parameters, x),
      loss: (parameters, { now, label, weight }) => {
        if (!label) throw new Error('deep-lda needs labels');
        const h = applyNetwork(network, parameters, now);
        const ratio = fisherRatio(h, label, ridge, weight);
        const bound = unitLength(h, label, 2 / ridge, weight);
        return { total: sub(bound, ratio), parts: { ratio, bound } };
      },
    };
  },
});

/**
 * −α/(1 + (s² − 1)²). The ratio rises by at most 1/λ for each unit of s², as S_b is a part of it; with α = 2/λ that is
 * held at s² = 1.30, where 4e = (1 + e²)² for e = s² − 1. Were frames to count alike, a rare state would carry s² away
 * from S_b, the layer would grow without end and λ mean nothing.
 */
function unitLength(h: Tensor, label: Tensor, alpha: number, weight?: Tensor): Tensor {
  const states = stateMoments(h, label, weight);
  const squares = states.map(({ mean, variance }) => reduceSum(add(square(mean), variance)));
  const length = mul(
    squares.reduce((a, b) => add(a, b)),
    1 / states.length,
  );
  const excess = square(sub(length, 1));
  return div(mul(add(mul(excess, 0), 1), -alpha), add(excess, 1));
}
