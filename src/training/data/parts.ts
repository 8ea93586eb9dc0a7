import type { Tables } from '../loop/index.js';
import type { Prepared } from './prepare.js';
import type { Random } from './random.js';
import type { Samples } from './samples.js';

/** Frames that are in memory together, and what is learned from them before the next ones come. */
export interface Part {
  tables: Tables;
  samples: Samples;
}

/** Where the frames of an epoch come from. */
export interface PartSource {
  /** All training frames once, in parts. */
  epoch(random: Random): Iterable<Part>;
  /** About how many steps an epoch has. */
  stepsOfEpoch(batch: number): number;
}

/** All frames in memory: an epoch is one part. */
export function wholeInMemory({ shape, split }: Prepared): PartSource {
  const parts = [{ tables: shape.tables, samples: split.train }];
  return {
    epoch: () => parts,
    stepsOfEpoch: (batch) => Math.floor(split.train.now.length / batch),
  };
}
