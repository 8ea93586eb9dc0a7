import { z } from 'zod';
import { neg } from '../graph/index.js';
import { discriminantDirections } from './discriminant-directions.js';
import { fisherRatio } from './fisher.js';
import { linearMethod } from './linear.js';

/** Linear discriminant analysis of labelled states, arithmetic or harmonic; at most one CV fewer than states. */
export const lda = linearMethod({
  summary: 'linear: the directions that tell labelled states apart (baseline)',
  references: ['Fisher 1936, doi:10.1111/j.1469-1809.1936.tb02137.x'],
  needs: { labels: 'required' },
  orientation: 'as-trained',
  mostLatent: ({ states }) => states - 1,
  options: z.object({
    within: z
      .enum(['arithmetic', 'harmonic'])
      .default('harmonic')
      .describe('how the covariances of the states are averaged'),
  }),
  solve: (table, { within }) => discriminantDirections(table, within),
  loss(encode, { now, label, weight }) {
    if (!label) throw new Error('lda needs labels');
    const ratio = fisherRatio(encode(now), label, 1e-9, weight);
    return { total: neg(ratio), parts: { ratio } };
  },
});
