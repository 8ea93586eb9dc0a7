import type { Reals, Samples } from '../learnable.js';
import type { Learned } from '../learned.js';
import type { Prepared } from '../prepared.js';

/** How well one training does on frames that it did not see. */
export interface Scores {
  validationLoss: number;
  /** VAMP-2 score of the latent at the lag, 0 to the number of CVs, of which an angle counts as two; absent where frames are not ordered in time. */
  vamp2?: number;
  /** 1 − reconstruction error / variance, for methods that reconstruct. */
  varianceExplained?: number;
  epochs: number;
}

/** 1 − reconstruction error / variance over the validation frames. */
export function varianceExplained(
  { split, shape }: Prepared,
  { curves, bestEpoch }: Pick<Learned, 'curves' | 'bestEpoch'>,
): number | undefined {
  const error = curves.parts.reconstruction?.[bestEpoch];
  if (error === undefined) return undefined;
  const { features, width } = shape.tables;
  return 1 - error / meanVariance(features, width, split.validation);
}

/** Variance of the features over samples by their weight, mean over the features. */
function meanVariance(features: Reals, width: number, { now, weight }: Samples): number {
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  now.forEach((frame, at) => {
    const part = (weight?.[at] ?? 1) / now.length;
    for (let i = 0; i < width; i++) {
      const value = features[frame * width + i];
      mean[i] += part * value;
      square[i] += part * value * value;
    }
  });
  return square.reduce((sum, value, i) => sum + (value - mean[i] ** 2) / width, 0);
}
