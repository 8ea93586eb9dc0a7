import type { Learned } from '../learned.js';
import type { Prepared } from '../prepared.js';

/** Fewer frames than so many do not hold a committor where it rises. */
const fewest = 200;

/**
 * How many frames the functional of a committor rests on at the best epoch: by what the validation frames say, of all frames.
 * Undefined of other methods.
 */
export function carriersOf(
  { split: { train, validation } }: Prepared,
  { curves, bestEpoch }: Pick<Learned, 'curves' | 'bestEpoch'>,
): number | undefined {
  const carriers = curves.parts.carriers?.[bestEpoch];
  if (carriers === undefined) return undefined;
  return Math.round((carriers * (train.now.length + validation.now.length)) / validation.now.length);
}

/** What to do where they are too few; undefined where they are enough. */
export function fewCarriers(carriers: number | undefined): string | undefined {
  if (carriers === undefined || carriers >= fewest) return undefined;
  return (
    `the committor rests on about ${carriers} frames, those between the states: with fewer than ${fewest} it may jump where none is; ` +
    'frames of a run under its bias (kolmogorov+opes) have more, and train it anew'
  );
}
