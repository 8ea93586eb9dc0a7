import {
  between,
  effectiveSampleSize,
  framesIn,
  type Replica,
  type StateLabels,
  type WeightedSample,
} from '../sampling/index.js';
import { LatentcvError } from '../support/index.js';
import { findModes, type FoundModes, type ModeOptions } from './find-modes.js';
import type { ModeColumn } from './mode-axes.js';

/** What a part of the frames shows of the modes that all of them show. */
export interface ModesOfPart {
  /** `first half`, `second half`, or the run. */
  part: string;
  /** How many modes it has on its own. */
  modes: number;
  /**
   * Of each mode of all frames, how well the part's own modes give it back: Jaccard's index, the weight in both against that
   * in either, of the one that fits best (Hennig 2007, doi:10.1016/j.csda.2006.11.025). null where the part never visited it.
   */
  alike: (number | null)[];
}

/** A mode with a lower index is dissolved, by Hennig's rule. */
export const foundFrom = 0.5;

/**
 * Looks for modes in the first half of every run (of every window), in the second, and in each run of several, and compares
 * them with those of all frames.
 * @param labels `[frames]` of all frames, from 1
 * @param find how modes of a part are looked for
 */
export function foundAgain(
  columns: readonly ModeColumn[],
  sample: WeightedSample,
  labels: StateLabels,
  options: ModeOptions,
  find = findModes,
): ModesOfPart[] {
  // a window alone shows what it was held at
  const windows = sample.mbar?.windows.map(({ name, ranges }): Replica => ({ source: name, ranges }));
  const half = (from: number, to: number): Replica[] =>
    (windows ?? sample.replicas).flatMap(({ source, ranges }) => {
      const count = framesIn(ranges);
      const part = between(ranges, Math.round(from * count), Math.round(to * count));
      return part.length > 0 ? [{ source, ranges: part }] : [];
    });
  const parts = [
    { part: 'first half', replicas: half(0, 0.5) },
    { part: 'second half', replicas: half(0.5, 1) },
    ...(!windows && sample.replicas.length > 1
      ? sample.replicas.map((replica) => ({ part: replica.source, replicas: [replica] }))
      : []),
  ];
  const modes = labels.reduce((most, label) => Math.max(most, label), 0);
  return parts.map(({ part, replicas }) => {
    const own = partOf(sample, replicas);
    const found = modesIn(find, columns, own, options);
    if (!found) return { part, modes: 0, alike: new Array<null>(modes).fill(null) };
    return {
      part,
      modes: found.modes.length,
      alike: alike(labels, modes, found.labels, found.modes.length, own),
    };
  });
}

/** undefined where a column does not vary in them. */
function modesIn(find: typeof findModes, ...question: Parameters<typeof findModes>): FoundModes | undefined {
  try {
    return find(...question);
  } catch (error) {
    if (error instanceof LatentcvError && error.code === 'bad-data') return undefined;
    throw error;
  }
}

function partOf(sample: WeightedSample, replicas: readonly Replica[]): WeightedSample {
  const ranges = replicas.flatMap((replica) => replica.ranges);
  const weights = sample.weights.slice().fill(0);
  for (const { start, end } of ranges) weights.set(sample.weights.subarray(start, end), start);
  return { ...sample, weights, replicas, ranges, effectiveSize: effectiveSampleSize(weights) };
}

function alike(
  labels: StateLabels,
  modes: number,
  others: StateLabels,
  otherModes: number,
  { weights, ranges }: WeightedSample,
): (number | null)[] {
  const both = new Float64Array((modes + 1) * (otherModes + 1));
  for (const { start, end } of ranges)
    for (let frame = start; frame < end; frame++)
      both[labels[frame] * (otherModes + 1) + others[frame]] += weights[frame];
  const row = (mode: number): Float64Array =>
    both.subarray(mode * (otherModes + 1), (mode + 1) * (otherModes + 1));
  const sum = (list: Float64Array): number => list.reduce((a, b) => a + b, 0);
  const carried = Array.from({ length: otherModes + 1 }, (_, other) =>
    Array.from({ length: modes + 1 }, (_, mode) => row(mode)[other]).reduce((a, b) => a + b, 0),
  );
  return Array.from({ length: modes }, (_, i) => {
    const own = row(i + 1);
    const weight = sum(own);
    if (!(weight > 0)) return null;
    return Math.max(
      ...Array.from(own, (shared, other) => shared / (weight + carried[other] - shared)).slice(1),
    );
  });
}
