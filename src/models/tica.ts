import { z } from 'zod';
import { neg } from '../graph/index.js';
import { linearMethod } from './linear.js';
import { laggedCovariances, slowDirections } from './slow-directions.js';
import { vamp2Score } from './vamp.js';

/**
 * Time-lagged independent component analysis: the linear combinations with the largest autocorrelation at the lag,
 * from covariances symmetric in time (Pérez-Hernández et al. 2013, doi:10.1063/1.4811489; Schwantes & Pande 2013,
 * doi:10.1021/ct300878a).
 */
export const tica = linearMethod({
  summary: 'linear: the slowest directions at the lag time (baseline)',
  references: [
    'Pérez-Hernández et al. 2013, doi:10.1063/1.4811489',
    'Schwantes & Pande 2013, doi:10.1021/ct300878a',
  ],
  needs: { pairs: true },
  orientation: 'slow',
  options: z.object({}),
  solve: ({ features, width, ...pairs }) => slowDirections(laggedCovariances(features, width, pairs)),
  loss(encode, { now, later, weight }) {
    if (!later) throw new Error('tica needs pairs');
    const vamp2 = vamp2Score(encode(now), encode(later), weight);
    return { total: neg(vamp2), parts: { vamp2 } };
  },
});
