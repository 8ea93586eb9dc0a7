import type { Segment, Times } from '../../frames/index.js';
import { basinStates, type BasinState } from '../../kinetics/index.js';
import { isWithin, type Numbers, type StateLabels } from '../../sampling/index.js';

/** The frames of all pilots, one behind the other. */
export interface JudgeFrames {
  frames: number;
  time: Times;
  /** Of each pilot at least one. */
  segments: readonly Segment[];
  values: (column: string) => Numbers;
  period: (column: string) => readonly [number, number] | undefined;
  /** Of the frames, mean 1. */
  weights: ArrayLike<number>;
}

/** A CV by whose basins all pilots are judged. */
export interface Judge {
  column: string;
  basins: BasinState[];
  /** By the cores of its basins, from 1. */
  cores: StateLabels;
}

/** Lighter basins than this, by weight, are not waited for. */
const leastFraction = 1e-4;

/** Those of the columns whose values, over all pilots, show more than one basin. */
export function judgesOf(
  { frames, time, segments, values, period, weights }: JudgeFrames,
  columns: readonly string[],
): Judge[] {
  return columns.flatMap((column) => {
    const cv = values(column);
    const found = basinStates(cv, time, segments, { weights, period: period(column) });
    const basins = found.filter(({ fraction }) => fraction >= leastFraction);
    if (basins.length < 2) return [];
    const cores = new Uint8Array(frames);
    for (let frame = 0; frame < frames; frame++)
      cores[frame] = 1 + basins.findIndex(({ core }) => isWithin(cv[frame], core));
    return [{ column, basins, cores }];
  });
}
