import { z } from 'zod';
import { add, matmul, sub } from '../graph/index.js';
import { linearMethod } from './linear.js';
import { laggedCovariances, principalDirections } from './slow-directions.js';
import { frameMean, reconstructionError } from './weighted.js';

/**
 * Principal component analysis: the uncorrelated directions of largest variance of the scaled features (Pearson
 * 1901, doi:10.1080/14786440109462720). Its reconstruction error is what a linear autoencoder can reach at best
 * (Baldi & Hornik 1989, doi:10.1016/0893-6080(89)90014-2).
 */
export const pca = linearMethod({
  summary: 'linear: the directions of largest variance (baseline)',
  references: ['Pearson 1901, doi:10.1080/14786440109462720'],
  needs: {},
  orientation: 'variance',
  rebuilds: true,
  options: z.object({}),
  solve({ features, width, now, weight }) {
    return principalDirections(laggedCovariances(features, width, { now, weight }));
  },
  loss(encode, { now, weight }, directions) {
    const latent = encode(now);
    const centred = sub(latent, frameMean(latent, weight));
    const rebuilt = add(matmul(centred, directions, { transposeB: true }), frameMean(now, weight));
    const reconstruction = reconstructionError(rebuilt, now, weight);
    return { total: reconstruction, parts: { reconstruction } };
  },
});
