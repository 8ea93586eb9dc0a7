import type { RunSegment, Segment } from '../../../frames/index.js';
import { meanOne } from '../../../models/index.js';
import { rescaledPairs, type RescaledPairs } from '../../../sampling/index.js';
import { LatentcvError, Random } from '../../../support/index.js';
import type { Block, Fold, Samples, Side, Split, SplitOptions } from '../../learnable.js';

/**
 * Splits by blocks of time or whole trajectories, so that the validation set is not a copy of the training set as
 * neighbouring frames nearly are; by single frames only where asked. A pair whose ends lie in different blocks or
 * segments is left out.
 */
export function splitSamples(segments: readonly RunSegment[], options: SplitOptions): Split {
  if (options.mode === 'random') return splitAtRandom(segments, options);
  if (options.mode === 'groups') return splitByGroups(segments, options);
  return splitOf(sideBlocks(segments, options), options);
}

/** The fifth of the blocks that validates where nothing speaks against it. */
export const usualFold: Fold = { index: 2, count: 5 };

/** The blocks of each side, in the order of the frames. */
export function sideBlocks(segments: readonly RunSegment[], { mode, fold }: SplitOptions): Block[] {
  if (mode === 'trajectories') return trajectoryBlocks(segments, fold);
  const { index, count } = fold ?? usualFold;
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

/** Whole groups on one side: the largest first, each to the fold with the fewest rows; equal ones in random order. */
function splitByGroups(segments: readonly RunSegment[], options: SplitOptions): Split {
  const all = samplesOf(segments, options);
  const { groups, seed = 1 } = options;
  if (!groups) throw new Error('a split by groups needs groups');
  const { index, count } = options.fold ?? usualFold;
  const folds = foldsOfGroups(groups, { count, seed });
  const side = (validates: boolean): Samples =>
    chosen(
      all,
      Int32Array.from(all.now.keys()).filter((i) => (folds[groups[all.now[i]]] === index) === validates),
    );
  return { train: side(false), validation: side(true) };
}

/**
 * The fold of each group, from 0.
 * @throws LatentcvError `bad-data` for fewer groups than folds
 */
export function foldsOfGroups(
  groups: Int32Array,
  { count, seed }: { count: number; seed: number },
): Int32Array {
  const sizes: number[] = [];
  for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1;
  if (sizes.length < count)
    throw new LatentcvError(
      'bad-data',
      `expected at least ${count} groups to split by but received ${sizes.length}`,
      'choose another column, or split at random',
    );
  const order = Int32Array.from(sizes.keys());
  new Random(seed).shuffle(order);
  const rows = new Array<number>(count).fill(0);
  const folds = new Int32Array(sizes.length);
  for (const group of [...order].sort((a, b) => sizes[b] - sizes[a])) {
    const fold = rows.indexOf(Math.min(...rows));
    folds[group] = fold;
    rows[fold] += sizes[group];
  }
  return folds;
}

function chosen({ now, later, weight, frameWeight }: Samples, rows: Int32Array): Samples {
  return {
    now: rows.map((i) => now[i]),
    later: later && rows.map((i) => later[i]),
    weight: weight && meanOne(Float32Array.from(rows, (i) => weight[i])),
    frameWeight: frameWeight && meanOne(Float32Array.from(rows, (i) => frameWeight[i])),
  };
}

/** Frames, or pairs of frames, of stretches of frames. */
export function samplesOf(
  ranges: readonly Segment[],
  { lag, weights, pairWeights = weights, reweightedTime, scaled = false }: SplitOptions,
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
  const of = (each: Float64Array): Float32Array =>
    scaledTo(
      Float32Array.from(now, (frame) => each[frame]),
      scaled,
    );
  const weight = lag > 0 ? pairWeights : weights;
  return {
    now,
    later: lag > 0 ? now.map((frame) => frame + lag) : undefined,
    weight: weight && of(weight),
    frameWeight: weights && weight !== weights ? of(weights) : undefined,
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

function timeBlocks(segments: readonly RunSegment[], count: number): Segment[] {
  const total = segments.reduce((sum, s) => sum + s.end - s.start, 0);
  return segments.flatMap(({ start, end }) => {
    const parts = Math.max(1, Math.round((count * (end - start)) / total));
    const bound = (part: number): number => start + Math.floor(((end - start) * part) / parts);
    return Array.from({ length: parts }, (_, part) => ({ start: bound(part), end: bound(part + 1) }));
  });
}
