import { fixed, shortList } from '../../support/index.js';
import type { Segment } from '../../frames/index.js';
import {
  effectiveSampleSize,
  framesIn,
  Influences,
  leastOverlap,
  overlapInWords,
  shortWindows,
  splitIntoBlocks,
  statisticalInefficiency,
  windowBlocks,
  windowSums,
  windowVariance,
  type MbarFrames,
  type MbarWindow,
  type NeighbourOverlap,
  type Numbers,
} from '../../sampling/index.js';
import { totalOf, type BaseBlocks, type RatioPart, type RatioSums } from '../base-blocks.js';
import { fewestBlocks, type BlockAnalysis, type BlockPoint } from '../blocks.js';

/** One window of a ratio of sums of weights. */
export interface RatioWindow extends Pick<MbarWindow, 'name' | 'frames'> {
  /** Stretches of base blocks. */
  ranges: readonly Segment[];
  /** Of what the ratio owes to its frames, and of its energies: the larger. */
  inefficiency: number;
}

/** What ln(Σ numerator / Σ denominator) owes to the frames of each window, and what speaks against its error. */
export interface WindowedRatio {
  /** Σ φ by base block, φ in sum 0 over each window. */
  influence: Float64Array;
  windows: readonly RatioWindow[];
  /** Variance if every frame were independent of the others. */
  independent: number;
  /** Neighbours between numerator and denominator that share too few independent frames, or hold something else, in words. */
  gaps: string[];
  /** What makes the error less reliable. */
  doubts: string[];
}

/** A cut between windows matters where this part of the ratio goes through it. */
const leastPull = 0.05;

/**
 * Windows that share fewer independent frames than this do not tell how their free energies differ: by σ = 0.7 kT. Down to there
 * errors were right (test/free-energy/windows/coverage.test.ts).
 */
const fewestShared = 2;

/** Of frames that are part of the numerator, of the denominator or of neither. */
export function windowedRatio(
  mbar: MbarFrames,
  base: BaseBlocks,
  weights: Numbers,
  part: (frame: number) => RatioPart,
): WindowedRatio {
  const { frames: phi, pull } = new Influences(mbar).of(directPart(weights, base, part));
  const owner = new Map(mbar.windows.flatMap((window, i) => window.ranges.map(({ start }) => [start, i])));
  const ranges: Segment[][] = mbar.windows.map(() => []);
  for (const range of base.ranges) ranges[owner.get(base.blocks[range.start].start)!].push(range);
  const influence = new Float64Array(base.blocks.length);
  let independent = 0;
  const windows = mbar.windows.map((window, i) => {
    independent += centre(phi, window.ranges);
    for (const { start, end } of ranges[i])
      for (let block = start; block < end; block++) {
        const frames = phi.subarray(base.blocks[block].start, base.blocks[block].end);
        influence[block] = frames.reduce((sum, each) => sum + each, 0);
      }
    const own = Math.max(window.inefficiency, statisticalInefficiency(phi, window.ranges));
    const { name, frames } = window;
    return { name, frames, ranges: ranges[i], inefficiency: Math.min(frames, own) };
  });
  const isCrossed = ({ beyond }: { beyond: readonly number[] }): boolean =>
    Math.abs(beyond.reduce((sum, state) => sum + (pull[state] ?? 0), 0)) > leastPull;
  const crossed = mbar.solution.neighbours.filter(isCrossed);
  const hardly = crossed.filter(({ overlap }) => overlap < leastOverlap);
  return {
    influence,
    windows,
    independent,
    gaps: [
      ...crossed.flatMap((pair) => gapBetween(pair, mbar)),
      ...(mbar.cuts ?? []).filter(isCrossed).map(({ why }) => why),
    ],
    doubts: [
      ...hardly.map((pair) => overlapInWords(pair, mbar.solution.states)),
      ...shortWindows(mbar.windows),
    ],
  };
}

/** 1_A w/Σ_A w − 1_B w/Σ_B w `[frames]` */
function directPart(
  weights: Numbers,
  { blocks }: BaseBlocks,
  part: (frame: number) => RatioPart,
): Float64Array {
  const direct = new Float64Array(weights.length);
  const sums = { 1: 0, 0: 0, [-1]: 0 };
  for (const { start, end } of blocks)
    for (let frame = start; frame < end; frame++) {
      const side = part(frame);
      direct[frame] = side * weights[frame];
      sums[side] += weights[frame];
    }
  for (let frame = 0; frame < direct.length; frame++)
    if (direct[frame] !== 0) direct[frame] /= sums[direct[frame] > 0 ? 1 : -1];
  return direct;
}

/** Takes off the mean over a window; returns the sum of the squares that are left. */
function centre(phi: Float64Array, ranges: readonly Segment[]): number {
  let [sum, squares] = [0, 0];
  for (const { start, end } of ranges) for (let frame = start; frame < end; frame++) sum += phi[frame];
  const mean = sum / framesIn(ranges);
  for (const { start, end } of ranges)
    for (let frame = start; frame < end; frame++) {
      phi[frame] -= mean;
      squares += phi[frame] * phi[frame];
    }
  return squares;
}

/** What two neighbours share, where it is too little. */
function gapBetween({ states, shared }: NeighbourOverlap, { solution, windows }: MbarFrames): string[] {
  const own = windows.filter(({ state }) => states.includes(state));
  const independent = shared / Math.max(...own.map(({ inefficiency }) => inefficiency));
  if (independent >= fewestShared) return [];
  const [a, b] = states.map((state) => solution.states[state]);
  return [`windows ${a} and ${b} share ${fixed(independent, 1)} independent frames`];
}

/** The error of a ratio from blocks of each window. */
export interface WindowAnalysis extends BlockAnalysis {
  /** Why there is no error; null where there is one. */
  reason: string | null;
  warnings: string[];
}

/** Lengths of blocks, in those that each window's correlation asks for. */
const lengths = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 1.5, 2, 3, 4];

/** Longer blocks that say so many of their own standard errors more have seen correlation that the others have not. */
const clearlyMore = 2.5;

/**
 * Standard error of ln(Σ numerator / Σ denominator) from blocks of each window, as long as its correlation asks for (see `windowBlocks`); where blocks
 * of twice to four times that length say clearly more, theirs, and there is no plateau.
 * @param blocks how many, over all windows
 */
export function analyseWindows(ratio: WindowedRatio, sums: RatioSums, blocks?: number): WindowAnalysis {
  const total = framesOf(ratio.windows);
  const measure = (counts: (window: RatioWindow) => number): BlockPoint => pointOf(ratio, sums, counts);
  const points = lengths.map((longer) => measure((window) => windowBlocks(window, longer)));
  const usual = points[lengths.indexOf(1)];
  const longer = points
    .slice(lengths.indexOf(2))
    .filter(({ error, uncertainty }) => error - clearlyMore * uncertainty > usual.error);
  const worst = longer.reduce((most, point) => (point.error > most.error ? point : most), usual);
  const chosen =
    blocks === undefined
      ? worst
      : measure(({ frames }) => Math.max(2, Math.round((blocks * frames) / total)));
  const plateau = longer.length === 0;
  const warnings = [...ratio.doubts];
  if (!plateau && blocks === undefined)
    warnings.push(
      'the error does not level off with longer blocks: windows are short for their correlation time',
    );
  if (chosen.effectiveBlocks < fewestBlocks)
    warnings.push(
      `only ${fixed(chosen.effectiveBlocks, 1)} of ${chosen.blocks} blocks carry the weight of one of the states`,
    );
  return {
    points: points.toReversed(),
    chosen,
    plateau,
    inefficiency: chosen.error ** 2 / ratio.independent,
    reason: reasonFor(ratio, chosen),
    warnings,
  };
}

function reasonFor({ gaps }: WindowedRatio, { effectiveBlocks, blocks }: BlockPoint): string | null {
  if (gaps.length > 0) return `not determined: ${shortList(gaps, 2)}`;
  return effectiveBlocks < 1.5 ? `not determined: one block of ${blocks} carries one of the states` : null;
}

const framesOf = (windows: readonly RatioWindow[]): number =>
  windows.reduce((sum, { frames }) => sum + frames, 0);

function pointOf(
  { influence, windows }: WindowedRatio,
  sums: RatioSums,
  counts: (window: RatioWindow) => number,
): BlockPoint {
  const all: Segment[] = [];
  let [variance, ofVariance] = [0, 0];
  for (const window of windows) {
    const blocks = splitIntoBlocks(window.ranges, counts(window));
    const own = windowVariance(
      windowSums(influence, blocks, ({ start, end }) => sumOf(sums.frames, start, end)),
      window.inefficiency,
    );
    variance += own;
    // Satterthwaite 1946, doi:10.2307/3002019
    if (blocks.length > 1) ofVariance += (own * own) / (blocks.length - 1);
    all.push(...blocks);
  }
  const [numerators, denominators] = [sums.numerator, sums.denominator].map((column) =>
    all.map(({ start, end }) => sumOf(column, start, end)),
  );
  const error = Math.sqrt(variance);
  return {
    blocks: all.length,
    length: framesOf(windows) / all.length,
    error,
    uncertainty: variance > 0 ? (error * Math.sqrt(ofVariance / 2)) / variance : 0,
    effectiveBlocks: Math.min(effectiveSampleSize(numerators), effectiveSampleSize(denominators)),
    unvisited: all.filter((_, i) => numerators[i] === 0 || denominators[i] === 0).length,
  };
}

function sumOf(values: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i];
  return sum;
}

/** What a part of the base blocks says of a ratio. */
export interface PartOfWindows {
  /** ln(Σ numerator / Σ denominator), to first order. */
  value: number;
  error: number;
}

/**
 * The ratio as a part of each window's frames says it, free energies of the windows included: one Newton step from what all of them
 * say, θ + Σ_k N_k/n_k Σ φ over the n_k frames of window k that are in it. Undefined where it leaves out a whole window.
 */
export function partOfWindows(
  { influence, windows }: WindowedRatio,
  sums: RatioSums,
  part: readonly Segment[],
): PartOfWindows | undefined {
  let value = Math.log(totalOf(sums, 'numerator') / totalOf(sums, 'denominator'));
  let variance = 0;
  for (const { ranges, frames, inefficiency } of windows) {
    const kept = ranges.flatMap(({ start, end }) =>
      part.flatMap((each) => {
        const [from, to] = [Math.max(start, each.start), Math.min(end, each.end)];
        return from < to ? [{ start: from, end: to }] : [];
      }),
    );
    const own = kept.reduce((sum, { start, end }) => sum + sumOf(sums.frames, start, end), 0);
    if (own === 0) return undefined;
    const blocks = splitIntoBlocks(kept, windowBlocks({ frames: own, inefficiency }));
    const ofPart = windowSums(influence, blocks, ({ start, end }) => sumOf(sums.frames, start, end));
    value += (frames / own) * ofPart.sum;
    variance += (frames / own) ** 2 * windowVariance(ofPart, inefficiency);
  }
  return { value, error: Math.sqrt(variance) };
}
