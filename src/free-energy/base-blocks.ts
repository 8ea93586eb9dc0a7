import type { Segment } from '../frames/index.js';
import { framesIn, splitIntoBlocks, type Numbers } from '../sampling/index.js';

/**
 * The shortest blocks that anything is summed over, single frames where there are few: longer blocks are sums of these,
 * so that what is asked of a run after one pass over its frames costs the same however many they are.
 */
export interface BaseBlocks {
  /** Frames of each. */
  blocks: readonly Segment[];
  /** The ranges that they were made of, counted in base blocks. */
  ranges: readonly Segment[];
}

const mostBaseBlocks = 2 ** 15;

/** At most about 2^15 base blocks, each inside one range. */
export function baseBlocks(ranges: readonly Segment[]): BaseBlocks {
  const blocks = splitIntoBlocks(ranges, Math.min(framesIn(ranges), mostBaseBlocks));
  let at = 0;
  const counted = ranges.map(({ start, end }) => {
    const first = at;
    while (at < blocks.length && blocks[at].start >= start && blocks[at].end <= end) at++;
    return { start: first, end: at };
  });
  return { blocks, ranges: counted };
}

/** What a frame adds to: numerator (1), denominator (−1) or neither. */
export type RatioPart = -1 | 0 | 1;

const columns = ['numerator', 'denominator', 'weights', 'frames', 'nn', 'nd', 'dd', 'ww'] as const;

/**
 * Sums over frames whose ratio is wanted, ln(Σ numerator / Σ denominator), by base block, each already weighted: of n, d
 * and w, of 1, and of n², nd, d² and w², which the variance of independent frames needs.
 */
export type RatioSums = Record<(typeof columns)[number], Float64Array> & {
  /** The stretches of base blocks that count; no longer block reaches across their ends. */
  ranges: readonly Segment[];
};

export function emptySums({ blocks, ranges }: BaseBlocks): RatioSums {
  const sums = Object.fromEntries(columns.map((name) => [name, new Float64Array(blocks.length)]));
  return { ...(sums as Record<(typeof columns)[number], Float64Array>), ranges };
}

/** Sums of frames that belong to numerator, denominator or neither. */
export function ratioSums(base: BaseBlocks, weights: Numbers, part: (frame: number) => RatioPart): RatioSums {
  const sums = emptySums(base);
  base.blocks.forEach(({ start, end }, block) => {
    sums.frames[block] = end - start;
    for (let frame = start; frame < end; frame++) {
      const weight = weights[frame];
      sums.weights[block] += weight;
      sums.ww[block] += weight * weight;
      const side = part(frame);
      if (side === 1) {
        sums.numerator[block] += weight;
        sums.nn[block] += weight * weight;
      } else if (side === -1) {
        sums.denominator[block] += weight;
        sums.dd[block] += weight * weight;
      }
    }
  });
  return sums;
}

/** A column's sum over the stretches that count. */
export function totalOf(sums: RatioSums, column: (typeof columns)[number]): number {
  let total = 0;
  for (const { start, end } of sums.ranges)
    for (let block = start; block < end; block++) total += sums[column][block];
  return total;
}
