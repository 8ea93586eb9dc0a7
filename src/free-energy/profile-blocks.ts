import type { Numbers, WeightedSample } from '../sampling/index.js';
import { baseBlocks, emptySums, totalOf, type BaseBlocks, type RatioSums } from './base-blocks.js';
import { analyseBlockSums } from './blocks.js';
import { coordinateSpread, type CoordinateSpread, quantile } from './axes/index.js';

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
  const base = baseBlocks(sample.ranges);
  const needs = coordinates.flatMap(({ values, spread }) => {
    const thresholds = Array.from({ length: questions }, (_, i) =>
      quantile(spread, spread.frames, (i + 1) / (questions + 1)),
    );
    return sumsBelow(values, sample, base, thresholds)
      .filter((sums) => totalOf(sums, 'nn') > 0 && totalOf(sums, 'nn') < totalOf(sums, 'dd'))
      .map((sums) => analyseBlockSums(sums).chosen.blocks);
  });
  return needs.length > 0 ? Math.min(...needs) : Math.max(2, sample.ranges.length);
}

/** Sums of the weights below each threshold, against all, in one pass over the frames. */
function sumsBelow(
  values: Numbers,
  { weights }: WeightedSample,
  base: BaseBlocks,
  thresholds: readonly number[],
): RatioSums[] {
  const all = thresholds.map(() => emptySums(base));
  const limits = Float64Array.from(thresholds);
  const [between, squares] = [new Float64Array(limits.length + 1), new Float64Array(limits.length + 1)];
  base.blocks.forEach(({ start, end }, block) => {
    between.fill(0);
    squares.fill(0);
    for (let frame = start; frame < end; frame++) {
      let part = 0;
      while (part < limits.length && values[frame] >= limits[part]) part++;
      between[part] += weights[frame];
      squares[part] += weights[frame] * weights[frame];
    }
    const [weight, squared] = [between, squares].map((parts) => parts.reduce((a, b) => a + b, 0));
    let [below, belowSquared] = [0, 0];
    all.forEach((sums, part) => {
      sums.frames[block] = end - start;
      sums.weights[block] = sums.denominator[block] = weight;
      sums.ww[block] = sums.dd[block] = squared;
      sums.numerator[block] = below += between[part];
      sums.nn[block] = sums.nd[block] = belowSquared += squares[part];
    });
  });
  return all;
}
