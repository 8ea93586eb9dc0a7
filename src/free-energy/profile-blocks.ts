import { splitIntoBlocks, type FrameRange } from '../sampling/frame-ranges.js';
import type { Numbers } from '../sampling/numbers.js';
import type { WeightedSample } from '../sampling/reweight.js';
import { analyseBlocks } from './blocks.js';
import { coordinateSpread, quantile, type CoordinateSpread } from './coordinate-spread.js';

/** Blocks that all sums are made of first, at most. */
const mostBaseBlocks = 1 << 15;

const questions = 9;

/**
 * The number of blocks for the errors of a free energy: the fewest that any of nine questions "is s below q"
 * asks for by its own scan (see `analyseBlocks`), q the deciles of the frames as they were sampled, for each
 * coordinate. So the slowest motion along the coordinate decides, not the fast one within a cell.
 */
export function profileBlocks(sample: WeightedSample, ...coordinates: Numbers[]): number {
  return fewestBlocksOf(
    sample,
    coordinates.map((values) => ({ values, spread: coordinateSpread(values, sample) })),
  );
}

/** The same where the spread of each coordinate is known already. */
export function fewestBlocksOf(
  sample: WeightedSample,
  coordinates: readonly { values: Numbers; spread: CoordinateSpread }[],
): number {
  const base = splitIntoBlocks(sample.ranges, mostBaseBlocks);
  const ranges = rangesInBlocks(sample.ranges, base);
  const needs = coordinates.flatMap(({ values, spread }) => {
    const thresholds = Array.from({ length: questions }, (_, i) =>
      quantile(spread, spread.frames, (i + 1) / (questions + 1)),
    );
    const { below, weights } = weightsBelow(values, sample, base, thresholds);
    return below
      .filter((numerator) => sum(numerator) > 0 && sum(numerator) < sum(weights))
      .map((numerator) => analyseBlocks({ numerator, denominator: weights, weights, ranges }).chosen.blocks);
  });
  return needs.length > 0 ? Math.min(...needs) : Math.max(2, sample.ranges.length);
}

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

/** Each range as the base blocks it was cut into. */
function rangesInBlocks(ranges: readonly FrameRange[], base: readonly FrameRange[]): FrameRange[] {
  let block = 0;
  return ranges.map((range) => {
    const start = block;
    while (block < base.length && base[block].start < range.end && base[block].start >= range.start) block++;
    return { start, end: block };
  });
}

/** Weight below each threshold, and in all, by base block, in one pass over the frames. */
function weightsBelow(
  values: Numbers,
  { weights }: WeightedSample,
  base: readonly FrameRange[],
  thresholds: readonly number[],
): { below: Float64Array[]; weights: Float64Array } {
  const below = thresholds.map(() => new Float64Array(base.length));
  const totals = new Float64Array(base.length);
  const limits = Float64Array.from(thresholds);
  const between = new Float64Array(limits.length + 1);
  base.forEach(({ start, end }, block) => {
    between.fill(0);
    for (let frame = start; frame < end; frame++) {
      let part = 0;
      while (part < limits.length && values[frame] >= limits[part]) part++;
      between[part] += weights[frame];
    }
    let weight = 0;
    below.forEach((sums, part) => (sums[block] = weight += between[part]));
    totals[block] = weight + between[limits.length];
  });
  return { below, weights: totals };
}
