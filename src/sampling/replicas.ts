import { z } from 'zod';
import type { RunSegment, Segment } from '../frames/index.js';
import { invalidArgument, setting } from '../support/index.js';
import { framesIn } from './segments.js';

/** Whether several runs have a bias each, of trainings and analyses alike. */
export const replicasSetting = setting(z.enum(['independent', 'shared']).default('independent'), {
  flag: 'replicas',
  value: 'kind',
  group: 'Weights',
  description: 'several files: each with a bias, and its zero, of its own, or one bias that acted on all',
});

/** One run: the stretches of frames that one bias acted on, in order of time. */
export interface Replica {
  /** Where it came from, for messages. */
  source: string;
  ranges: readonly Segment[];
}

/** The runs of a dataset: segments that come from one source, holes between them or not, are one. */
export function replicasOf(segments: readonly RunSegment[]): Replica[] {
  const runs = new Map<string, Segment[]>();
  for (const { start, end, source } of segments) {
    const ranges = runs.get(source);
    if (ranges) ranges.push({ start, end });
    else runs.set(source, [{ start, end }]);
  }
  return [...runs].map(([source, ranges]) => ({ source, ranges }));
}

/** The runs without the first `fraction` of each one's frames, the time in which a bias is still being built. */
export function discardInitial(runs: readonly Replica[], fraction: number): Replica[] {
  if (!(fraction >= 0 && fraction < 1)) {
    throw invalidArgument('a number from 0 to below 1', 'the fraction to discard', fraction);
  }
  return runs.map(({ source, ranges }) => {
    const first = Math.floor(framesIn(ranges) * fraction);
    return { source, ranges: between(ranges, first, Infinity) };
  });
}

/** The first `fraction` of each run's frames, never less than one of them: what was known at an earlier time. */
export function leadingPart(runs: readonly Replica[], fraction: number): Replica[] {
  return runs.map(({ source, ranges }) => ({
    source,
    ranges: between(ranges, 0, Math.max(1, Math.round(framesIn(ranges) * fraction))),
  }));
}

/** A run's frames from its `from`-th to before its `to`-th. */
export function between(ranges: readonly Segment[], from: number, to: number): Segment[] {
  const kept: Segment[] = [];
  let before = 0;
  for (const { start, end } of ranges) {
    const [first, last] = [Math.max(start, start + from - before), Math.min(end, start + to - before)];
    if (first < last) kept.push({ start: first, end: last });
    before += end - start;
  }
  return kept;
}
