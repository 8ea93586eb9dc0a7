import type { Segment } from '../frames/index.js';
import type { Pairs } from './basis.js';

export interface PairOptions {
  /** Weight of each frame; a pair weighs as its first frame. */
  weights?: ArrayLike<number>;
  /** Pairs of a stretch of frames; default: those `lag` frames apart. */
  pairsOf?: (range: Segment) => Pairs;
}

/** Pairs of a stretch of frames, none across its ends. */
export function pairsWithin(
  { start, end }: Segment,
  lag: number,
  { weights, pairsOf }: PairOptions = {},
): Pairs {
  if (pairsOf) return pairsOf({ start, end });
  const now = Int32Array.from({ length: Math.max(0, end - start - lag) }, (_, i) => start + i);
  return {
    now,
    later: now.map((frame) => frame + lag),
    weight: weights && Float64Array.from(now, (frame) => weights[frame]),
  };
}
