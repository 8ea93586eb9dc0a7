import { z } from 'zod';
import { angleOf, concat, cos, sin, slice, type Tensor } from '../graph/index.js';
import { LatentcvError } from '../support/index.js';

/** The option of methods whose CVs may lie on circles. */
export const anglesOption = z
  .number()
  .int()
  .min(0)
  .default(0)
  .describe('how many of the CVs, the first ones, are angles: periodic, from −π to π rad');

/** @throws LatentcvError `bad-argument` where there are fewer CVs than angles */
export function checkAngles(angles: number, latent: number): void {
  if (angles <= latent) return;
  throw new LatentcvError(
    'bad-argument',
    `expected at most ${latent} angles, one for each CV, but received ${angles}`,
    'ask for more CVs (‘latent’) or fewer angles',
  );
}

/**
 * The latent `[n, k]` of what a network gives, `[n, k + angles]`: the angles of its first pairs (all sines, then all cosines, each pair
 * up to its length), then the rest as it is.
 */
export function latentOfPairs(raw: Tensor, angles: number): Tensor {
  if (angles === 0) return raw;
  const width = raw.shape[1] as number;
  const turned = angleOf(slice(raw, 1, 0, angles), slice(raw, 1, angles, 2 * angles));
  return width === 2 * angles ? turned : concat([turned, slice(raw, 1, 2 * angles, width)], 1);
}

/** Points of unit length for the angles of a latent `[n, k]`: all sines, all cosines, then the rest, `[n, k + angles]`. */
export function pairsOfLatent(latent: Tensor, angles: number): Tensor {
  if (angles === 0) return latent;
  const width = latent.shape[1] as number;
  const turned = slice(latent, 1, 0, angles);
  const pairs = [sin(turned), cos(turned)];
  return concat(width === angles ? pairs : [...pairs, slice(latent, 1, angles, width)], 1);
}
