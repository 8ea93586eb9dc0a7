import { expectSegments, type Segment, type Times } from '../frames/index.js';
import { effectiveSampleSize, findTransitions, expectTimes, type Numbers } from '../sampling/index.js';
import { LatentcvError, expectNumbers } from '../support/index.js';
import { binnedDensity, maximaOf, minimumBetween, type Density } from './density.js';

/** A stretch of a CV that holds a peak of the frames' density. */
export interface CvBasin {
  lower: number;
  upper: number;
  /** Where the density is at least half of the peak's. */
  core: readonly [number, number];
  /** CV at the peak, and the density there in frames (or their weight) per cell of the grid. */
  peak: number;
  density: number;
  frames: number;
  /** Part of all frames, by their weight. */
  fraction: number;
}

/** What lies between two neighbouring basins. */
export interface CvBarrier {
  /** CV where the density is lowest, and the density there against the lower of the two peaks. */
  position: number;
  depth: number;
  /** From one core to the next. */
  between: readonly [number, number];
  /** Frames in that stretch, and in the emptiest of its ten equal parts. */
  frames: number;
  fewest: number;
  /** How often a trajectory went from one core to the other. */
  crossings: number;
}

export interface CvBasins {
  basins: CvBasin[];
  /** One fewer than basins. */
  barriers: CvBarrier[];
}

/** A minimum this deep against the lower peak beside it parts two basins. */
const partingDepth = 0.5;
/** A basin holds at least this part of the frames. */
export const smallestFraction = 0.01;
/** Frames that weigh like fewer tell no peak from one of them: a single heavy one among many that weigh nothing. */
const fewestEffective = 20;

/**
 * Basins along one CV `[frames]` by minima of its density: a Gaussian kernel 1/50 of the range wide; a minimum parts two
 * basins where the density is below half of the lower peak beside it (0.7 kT for frames in equilibrium) and each side
 * holds at least 1 % of the frames, with weights also of their effective number, and no fewer than 20. The shallowest minimum that does not is dropped first. Weights make the density that of
 * the unbiased ensemble; frames and crossings are counted as they are.
 * @param time ps
 * @param weights of the frames, mean 1
 * @throws LatentcvError `bad-data` for a constant CV
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function cvBasins(
  cv: Numbers,
  time: Times,
  segments: readonly Segment[],
  weights?: ArrayLike<number>,
): CvBasins {
  expectNumbers(cv, 'cv');
  expectTimes(time, cv.length);
  expectSegments(segments, cv.length);
  if (weights) expectNumbers(weights, 'weights', cv.length);
  const density = binnedDensity(cv, weights);
  if (!density) throw new LatentcvError('bad-data', 'expected a CV that varies from frame to frame');
  const { peaks, minima } = merged(density, cv, weights);
  const bounds = [-Infinity, ...minima.map((i) => density.at[i]), Infinity];
  const basins = peaks.map((peak, i) => basinOf(density, peak, [bounds[i], bounds[i + 1]], cv, weights));
  const barriers = minima.map((cell, i) =>
    barrierOf(density, cell, basins[i], basins[i + 1], { cv, time, segments }),
  );
  return { basins, barriers };
}

interface Partition {
  peaks: number[];
  minima: number[];
}

function merged(density: Density, cv: Numbers, weights?: ArrayLike<number>): Partition {
  const { value } = density;
  const peaks = maximaOf(value);
  const minima = peaks.slice(1).map((peak, i) => minimumBetween(value, peaks[i], peak));
  for (;;) {
    const drop = weakest(density, { peaks, minima }, cv, weights);
    if (drop === undefined) return { peaks, minima };
    const lower = value[peaks[drop]] < value[peaks[drop + 1]] ? drop : drop + 1;
    peaks.splice(lower, 1);
    minima.splice(drop, 1);
  }
}

const depthOf = ({ value }: Density, peaks: number[], minima: number[], i: number): number =>
  value[minima[i]] / Math.min(value[peaks[i]], value[peaks[i + 1]]);

/** The shallowest minimum that parts nothing. */
function weakest(
  density: Density,
  { peaks, minima }: Partition,
  cv: Numbers,
  weights?: ArrayLike<number>,
): number | undefined {
  const bounds = [-Infinity, ...minima.map((i) => density.at[i]), Infinity];
  const least = weights && Math.max(fewestEffective, smallestFraction * effectiveSampleSize(weights));
  const isSmall = peaks.map((_, i) => {
    const [lower, upper] = [bounds[i], bounds[i + 1]];
    if (framesBetween(cv, lower, upper) < smallestFraction * cv.length) return true;
    return least !== undefined && effectiveBetween(cv, lower, upper, weights!) < least;
  });
  const candidates = minima
    .map((_, i) => ({ i, depth: depthOf(density, peaks, minima, i) }))
    .filter(({ i, depth }) => depth >= partingDepth || isSmall[i] || isSmall[i + 1])
    .sort((a, b) => b.depth - a.depth);
  return candidates[0]?.i;
}

/** Effective number of the frames there (Kish). */
function effectiveBetween(cv: Numbers, lower: number, upper: number, weights: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  cv.forEach((value, frame) => {
    if (value < lower || value >= upper) return;
    sum += weights[frame];
    squares += weights[frame] ** 2;
  });
  return squares > 0 ? sum ** 2 / squares : 0;
}

function basinOf(
  { value, at }: Density,
  peak: number,
  [lower, upper]: readonly [number, number],
  cv: Numbers,
  weights?: ArrayLike<number>,
): CvBasin {
  const inside = (cell: number): boolean =>
    cell >= 0 &&
    cell < value.length &&
    at[cell] > lower &&
    at[cell] < upper &&
    value[cell] >= value[peak] / 2;
  let [first, last] = [peak, peak];
  while (inside(first - 1)) first--;
  while (inside(last + 1)) last++;
  const core = [at[first], at[last]] as const;
  const frames = framesBetween(cv, lower, upper);
  const fraction = weightBetween(cv, lower, upper, weights) / cv.length;
  return { lower, upper, core, peak: at[peak], density: value[peak], frames, fraction };
}

function barrierOf(
  { value, at }: Density,
  cell: number,
  a: CvBasin,
  b: CvBasin,
  { cv, time, segments }: { cv: Numbers; time: Times; segments: readonly Segment[] },
): CvBarrier {
  const [from, to] = [a.core[1], b.core[0]];
  const step = (to - from) / 10;
  const parts = Array.from({ length: 10 }, (_, i) =>
    framesBetween(cv, from + i * step, from + (i + 1) * step),
  );
  const cores = { a: [-Infinity, from], b: [to, Infinity] } as const;
  return {
    position: at[cell],
    depth: value[cell] / Math.min(a.density, b.density),
    between: [from, to],
    frames: framesBetween(cv, from, to),
    fewest: Math.min(...parts),
    crossings: findTransitions(cv, time, cores, { ranges: segments }).count,
  };
}

function weightBetween(cv: Numbers, lower: number, upper: number, weights?: ArrayLike<number>): number {
  if (!weights) return framesBetween(cv, lower, upper);
  let sum = 0;
  cv.forEach((value, frame) => {
    if (value >= lower && value < upper) sum += weights[frame];
  });
  return sum;
}

function framesBetween(cv: Numbers, lower: number, upper: number): number {
  let count = 0;
  for (const value of cv) if (value >= lower && value < upper) count++;
  return count;
}
