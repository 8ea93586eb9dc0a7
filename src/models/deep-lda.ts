import { z } from 'zod';
import { add, div, mul, reduceMean, square, sub, type Tensor } from '../graph/index.js';
import { fisherRatio } from './fisher.js';
import { defineMethod } from './method.js';
import { frameMean } from './weighted.js';
import { applyNetwork, networkParameters, type NetworkSpec } from './network.js';

const needs = { labels: 'required' } as const;

/**
 * Deep-LDA (Bonati, Rizzi & Parrinello 2020, doi:10.1021/acs.jpclett.0c00535): a network whose last layer `h` is
 * told apart as well as linear discriminant analysis can, loss −tr(S_w⁻¹ S_b) − α/(1 + (s² − 1)²) with s² the mean
 * square of h, α = 2/λ, and S_w regularised by λ. The CVs are the discriminant directions of h.
 */
export const deepLda = defineMethod({
  summary: 'a network that tells labelled states apart as linear discriminant analysis does',
  needs,
  orientation: 'discriminant',
  mostLatent: ({ states }) => states - 1,
  options: z.object({
    ridge: z.number().positive().default(0.05).describe('λ, added to the covariance within states'),
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
        const bound = unitScale(h, 2 / ridge, weight);
        return { total: sub(bound, ratio), parts: { ratio, bound } };
      },
    };
  },
});

/** −α/(1 + (s² − 1)²): keeps the layer from growing without end. */
function unitScale(h: Tensor, alpha: number, weight?: Tensor): Tensor {
  const excess = square(sub(reduceMean(frameMean(square(h), weight)), 1));
  return div(mul(add(mul(excess, 0), 1), -alpha), add(excess, 1));
}
