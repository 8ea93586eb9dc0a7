import type { RunSegment, Segment } from '../../frames/index.js';
import { meanOne } from '../../models/index.js';
import { LatentcvError } from '../../support/index.js';
import { Random } from './random.js';
import { rescaledPairs, type RescaledPairs } from './rescaled-time.js';

/** What a step learns from: frames, or pairs of frames, by their row in the table. */
export interface Samples {
  now: Int32Array;
  /** Second ends of the pairs, where the method has pairs. */
  later?: Int32Array;
  /** One for each of `now`, mean 1 over the training samples; absent where all weigh alike. */
  weight?: Float32Array;
}

export interface Split {
  train: Samples;
  validation: Samples;
}

export const splitModes = ['blocks', 'trajectories', 'random'] as const;
export type SplitMode = (typeof splitModes)[number];

export interface SplitOptions {
  /** Lag in frames; 0 where the method has no pairs. */
  lag: number;
  mode?: SplitMode;
  /** Which of how many folds validates, from 0; about a fifth where left out. */
  fold?: Fold;
  /** For `random`. */
  seed?: number;
  /** Weight of each frame. A pair has that of its first frame. */
  weights?: Float64Array;
  /** Weights stay as they are, of mean 1 over a larger set. */
  scaled?: boolean;
  /** Pairs a lag apart in the time that the weights stretch; needs them. */
  reweightedTime?: boolean;
}

export interface Fold {
  index: number;
  count: number;
}

type Side = 'train' | 'validation';

/** Frames of one segment that follow one another, all on one side of the split. */
export interface Block extends Segment {
  side: Side;
}

/**
 * Splits by blocks of time or whole trajectories, so that the validation set is not a copy of the training set as
 * neighbouring frames nearly are; by single frames only where asked. A pair whose ends lie in different blocks or
 * segments is left out.
 */
export function splitSamples(segments: readonly RunSegment[], options: SplitOptions): Split {
  if (options.mode === 'random') return splitAtRandom(segments, options);
  return splitOf(sideBlocks(segments, options), options);
}

/** The blocks of each side, in the order of the frames. */
export function sideBlocks(segments: readonly RunSegment[], { mode, fold }: SplitOptions): Block[] {
  if (mode === 'trajectories') return trajectoryBlocks(segments, fold);
  const { index, count } = fold ?? { index: 2, count: 5 };
  return timeBlocks(segments, 2 * count).map((block, i) => ({
    ...block,
    side: i % count === index ? 'validation' : 'train',
  }));
}

function trajectoryBlocks(segments: readonly RunSegment[], fold?: Fold): Block[] {
  const sources = [...new Set(segments.map(({ source }) => source))];
  const count = fold?.count ?? Math.min(5, sources.length);
  if (sources.length < Math.max(2, count)) {
    throw new LatentcvError(
      'bad-data',
      `expected at least ${Math.max(2, count)} trajectories to split by but received ${sources.length}`,
      'give more files, or split by blocks of time',
    );
  }
  const index = fold?.index ?? Math.min(2, count - 1);
  return segments.map(({ start, end, source }) => ({
    start,
    end,
    side: sources.indexOf(source) % count === index ? 'validation' : 'train',
  }));
}

/** The samples of both sides, none across the ends of a block. */
export function splitOf(blocks: readonly Block[], options: SplitOptions): Split {
  const side = (name: Side): Samples =>
    samplesOf(
      blocks.filter((block) => block.side === name),
      options,
    );
  return { train: side('train'), validation: side('validation') };
}

function splitAtRandom(segments: readonly RunSegment[], options: SplitOptions): Split {
  const all = samplesOf(segments, options);
  const order = Int32Array.from(all.now.keys());
  new Random(options.seed ?? 1).shuffle(order);
  const { index, count } = options.fold ?? { index: 2, count: 5 };
  const side = (validates: boolean): Samples =>
    chosen(all, order.filter((_, i) => (i % count === index) === validates).sort());
  return { train: side(false), validation: side(true) };
}

function chosen({ now, later, weight }: Samples, rows: Int32Array): Samples {
  return {
    now: rows.map((i) => now[i]),
    later: later && rows.map((i) => later[i]),
    weight: weight && meanOne(Float32Array.from(rows, (i) => weight[i])),
  };
}

/** Frames, or pairs of frames, of stretches of frames. */
export function samplesOf(
  ranges: readonly Segment[],
  { lag, weights, reweightedTime, scaled = false }: SplitOptions,
): Samples {
  if (reweightedTime && lag > 0)
    return joinedPairs(
      ranges.map((range) => rescaledPairs(range, lag, weights!)),
      scaled,
    );
  const count = ranges.reduce((sum, { start, end }) => sum + Math.max(0, end - start - lag), 0);
  const now = new Int32Array(count);
  let next = 0;
  for (const { start, end } of ranges)
    for (let frame = start; frame + lag < end; frame++) now[next++] = frame;
  return {
    now,
    later: lag > 0 ? now.map((frame) => frame + lag) : undefined,
    weight:
      weights &&
      scaledTo(
        Float32Array.from(now, (frame) => weights[frame]),
        scaled,
      ),
  };
}

function joinedPairs(parts: readonly RescaledPairs[], scaled: boolean): Samples {
  return {
    now: Int32Array.from(parts.flatMap(({ now }) => now)),
    later: Int32Array.from(parts.flatMap(({ later }) => later)),
    weight: scaledTo(Float32Array.from(parts.flatMap(({ weight }) => weight)), scaled),
  };
}

/** Weights of mean 1, unless they are scaled already. */
const scaledTo = (weight: Float32Array, scaled: boolean): Float32Array => (scaled ? weight : meanOne(weight));

/** Training and validation samples together, with their weights. */
export function allSamples({ train, validation }: Split): Samples {
  return {
    now: joined(Int32Array, train.now, validation.now),
    later: train.later && validation.later ? joined(Int32Array, train.later, validation.later) : undefined,
    weight:
      train.weight && validation.weight ? joined(Float32Array, train.weight, validation.weight) : undefined,
  };
}

function joined<A extends Int32Array | Float32Array>(make: new (length: number) => A, a: A, b: A): A {
  const both = new make(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function timeBlocks(segments: readonly RunSegment[], count: number): Segment[] {
  const total = segments.reduce((sum, s) => sum + s.end - s.start, 0);
  return segments.flatMap(({ start, end }) => {
    const parts = Math.max(1, Math.round((count * (end - start)) / total));
    const bound = (part: number): number => start + Math.floor(((end - start) * part) / parts);
    return Array.from({ length: parts }, (_, part) => ({ start: bound(part), end: bound(part + 1) }));
  });
}
