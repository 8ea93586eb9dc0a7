import type { Segment } from '../../src/frames/index.js';
import { Random } from '../../src/support/random.js';

/** Runs of one length, frame after frame. */
export interface ShortRuns {
  state: Int32Array;
  segments: Segment[];
}

/**
 * A chain of four states in a line, two on each side of a barrier that one step in ten crosses from the left and one in five
 * from the right: it keeps detailed balance with `equilibrium`.
 */
export const chain = [
  [0.7, 0.3, 0, 0],
  [0.3, 0.6, 0.1, 0],
  [0, 0.2, 0.6, 0.2],
  [0, 0, 0.4, 0.6],
];
export const equilibrium = [4, 4, 2, 1].map((weight) => weight / 11);

/** Runs of the chain that all start in the first state. */
export function shortRuns(count: number, length: number, seed: number): ShortRuns {
  const random = new Random(seed);
  const state = new Int32Array(count * length);
  for (let run = 0; run < count; run++) {
    let now = 0;
    for (let i = 0; i < length; i++) {
      state[run * length + i] = now;
      now = jump(now, random.uniform());
    }
  }
  return { state, segments: runsOf(count, length) };
}

function jump(from: number, chance: number): number {
  let to = 0;
  for (let left = chance - chain[from][0]; left >= 0 && to < 3; left -= chain[from][to]) to++;
  return to;
}

export function runsOf(count: number, length: number): Segment[] {
  return Array.from({ length: count }, (_, run) => ({ start: run * length, end: (run + 1) * length }));
}
