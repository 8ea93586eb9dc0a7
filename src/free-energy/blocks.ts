import { expectList, expectNumbers, expectObject, expectWhole } from '../support/index.js';
import { expectSegments, type Segment } from '../frames/index.js';
import { framesIn, splitIntoBlocks, type Numbers, effectiveSampleSize } from '../sampling/index.js';
import { baseBlocks, emptySums, totalOf, type RatioSums } from './base-blocks.js';

/** Sums over frames whose ratio is wanted: ln(Σ numerator / Σ denominator), each already weighted, `[frames]`. */
export interface LogRatio {
  numerator: Numbers;
  denominator: Numbers;
  weights: Numbers;
  ranges: readonly Segment[];
}

/** The standard error that a division into so many blocks gives. */
export interface BlockPoint {
  /** Number of blocks, over all replicas. */
  blocks: number;
  /** Mean length of a block in frames. */
  length: number;
  /** Standard error of the logarithm (dimensionless; times kT it is an energy). */
  error: number;
  /** Standard error of that error. */
  uncertainty: number;
  /** Kish's effective number of blocks: how many carry the weight. */
  effectiveBlocks: number;
  /** Blocks in which the numerator or the denominator is zero. */
  unvisited: number;
}

export interface BlockAnalysis {
  /** The scan, from few long blocks to many short ones. */
  points: BlockPoint[];
  /** The division whose error is used. */
  chosen: BlockPoint;
  /** False where even the longest blocks are too short for the correlation in the data. */
  plateau: boolean;
  /** Variance of the mean against that of uncorrelated frames. */
  inefficiency: number;
}

/** Fewer blocks than this say too little of their own spread. */
export const fewestBlocks = 5;

export interface BlockOptions {
  /** Number of blocks; default: by the scan. */
  blocks?: number;
  /** A ratio that follows the slow motion alone, by the same base blocks: its scan chooses the length of the blocks. */
  by?: RatioSums;
}

/**
 * Standard error of ln(Σ numerator / Σ denominator) from blocks of frames, scanned over their number.
 *
 * A block's influence on the logarithm is `uᵢ = Nᵢ/N − Dᵢ/D`, proportional to the weight it carries, and
 * the error is `√(n/(n−1) Σuᵢ²)` with Kish's effective number of blocks n: the block averages weighted by
 * the blocks' weights of Invernizzi & Parrinello 2020 (doi:10.1021/acs.jpclett.0c00497), to first order.
 * As in Flyvbjerg & Petersen 1989 (doi:10.1063/1.457480) the error rises with the length of the blocks until
 * they are independent, which is from the shortest length B with `B³ > 2 N c²`, N the frames and c the
 * inefficiency at that length (Lee et al. 2011, doi:10.1103/PhysRevE.83.066706). The largest error from B to
 * 2B is taken: B alone came out 10 % too small on series of known error, this one right to 5 %. Where no
 * division into at least five blocks satisfies the rule, `plateau` is false and the largest error seen is taken.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function analyseBlockSums(sums: RatioSums, { blocks, by = sums }: BlockOptions = {}): BlockAnalysis {
  expectObject(sums, 'sums', 'sums over blocks');
  expectList(sums.ranges, 'sums.ranges');
  if (blocks !== undefined) expectWhole(blocks, 'blocks', 1);
  const measure = blockMeasure(sums);
  const points = blockCounts(framesIn(sums.ranges), sums.ranges.length).map(measure);
  const measureSlow = by === sums ? measure : blockMeasure(by);
  const slow = points.map((point) => (by === sums ? point : measureSlow(point.blocks)));
  const [single, frames] = [independentError(by), totalOf(sums, 'frames')];
  const inefficiency = (point: BlockPoint): number => (point.error / single) ** 2;
  const last = slow.findLastIndex(
    (point) => point.blocks >= fewestBlocks && point.length ** 3 > 2 * frames * inefficiency(point) ** 2,
  );
  const settled = last < 0 ? undefined : points[last];
  const candidates = settled ? points.filter((point) => isNear(point, settled)) : points;
  const chosen = blocks === undefined ? largestError(candidates) : measure(blocks);
  return {
    points,
    chosen,
    plateau: settled !== undefined,
    inefficiency: (chosen.error / independentError(sums)) ** 2,
  };
}

/**
 * The same of sums that are given frame by frame.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function analyseBlocks(ratio: LogRatio, blocks?: number): BlockAnalysis {
  expectRatio(ratio);
  if (blocks !== undefined) expectWhole(blocks, 'blocks', 1);
  return analyseBlockSums(sumsOfFrames(ratio), blocks === undefined ? {} : { blocks });
}

function sumsOfFrames({ numerator, denominator, weights, ranges }: LogRatio): RatioSums {
  const base = baseBlocks(ranges);
  const sums = emptySums(base);
  base.blocks.forEach(({ start, end }, block) => {
    sums.frames[block] = end - start;
    for (let i = start; i < end; i++) {
      sums.numerator[block] += numerator[i];
      sums.denominator[block] += denominator[i];
      sums.weights[block] += weights[i];
      sums.nn[block] += numerator[i] * numerator[i];
      sums.nd[block] += numerator[i] * denominator[i];
      sums.dd[block] += denominator[i] * denominator[i];
      sums.ww[block] += weights[i] * weights[i];
    }
  });
  return sums;
}

/** Standard error if every frame were independent of the others. */
function independentError(sums: RatioSums): number {
  const of = (column: Parameters<typeof totalOf>[1]): number => totalOf(sums, column);
  const [n, d, w] = [of('numerator'), of('denominator'), of('weights')];
  const squares = of('nn') / (n * n) - (2 * of('nd')) / (n * d) + of('dd') / (d * d);
  const effective = (w * w) / of('ww');
  return Math.sqrt(effective > 1 ? (squares * effective) / (effective - 1) : Infinity);
}

/** What a division into so many blocks gives. */
function blockMeasure(sums: RatioSums): (count: number) => BlockPoint {
  const running = [sums.numerator, sums.denominator, sums.weights].map(runningSum);
  const perBase = totalOf(sums, 'frames') / framesIn(sums.ranges);
  return (count) => {
    const blocks = splitIntoBlocks(sums.ranges, count);
    const [numerators, denominators, weights] = running.map((values) =>
      Float64Array.from(blocks, ({ start, end }) => values[end] - values[start]),
    );
    const effectiveBlocks = effectiveSampleSize(weights);
    const error = Math.sqrt(influenceVariance(numerators, denominators, effectiveBlocks));
    return {
      blocks: blocks.length,
      length: (perBase * framesIn(blocks)) / blocks.length,
      error,
      uncertainty: error / Math.sqrt(2 * Math.max(effectiveBlocks - 1, 1)),
      effectiveBlocks,
      unvisited: blocks.filter((_, i) => numerators[i] === 0 || denominators[i] === 0).length,
    };
  };
}

function runningSum(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i] + values[i];
  return sums;
}

/** Variance of ln(Σ Nᵢ / Σ Dᵢ) over blocks of which `effective` carry the weight. */
export function influenceVariance(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  effective: number,
): number {
  let numerator = 0;
  let denominator = 0;
  for (let i = 0; i < numerators.length; i++) {
    numerator += numerators[i];
    denominator += denominators[i];
  }
  let squares = 0;
  for (let i = 0; i < numerators.length; i++) {
    squares += (numerators[i] / numerator - denominators[i] / denominator) ** 2;
  }
  return effective > 1 ? (squares * effective) / (effective - 1) : Infinity;
}

/** Blocks of a length from the settled one's to twice that. */
function isNear({ blocks }: BlockPoint, settled: BlockPoint): boolean {
  return blocks <= settled.blocks && blocks >= settled.blocks / 2;
}

function largestError(points: BlockPoint[]): BlockPoint {
  const enough = points.filter(({ blocks }) => blocks >= fewestBlocks);
  return (enough.length ? enough : points).reduce((worst, point) =>
    point.error > worst.error ? point : worst,
  );
}

/** Numbers of blocks from 2 up, a quarter more each time, down to blocks of two base blocks. */
function blockCounts(base: number, ranges: number): number[] {
  const counts = [Math.max(2, ranges)];
  for (;;) {
    const last = counts.at(-1)!;
    const next = Math.max(last + 1, Math.round(last * 1.25));
    if (next > base / 2) return counts;
    counts.push(next);
  }
}

function expectRatio(ratio: LogRatio): void {
  expectObject(ratio, 'ratio', 'numerator, denominator, weights and ranges');
  const { numerator, denominator, weights, ranges } = ratio;
  expectNumbers(numerator, 'numerator');
  expectNumbers(denominator, 'denominator', numerator.length);
  expectNumbers(weights, 'weights', numerator.length);
  expectSegments(ranges, numerator.length, 'ranges');
}
