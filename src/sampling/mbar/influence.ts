import type { Segment } from '../../frames/index.js';
import { splitIntoBlocks } from '../segments.js';
import { FreeEnergyEquations } from './equations.js';
import { statisticalInefficiency } from './inefficiency.js';
import { countedRanges, type MbarInput } from './input.js';
import { offsetsOf } from './newton.js';
import { forEachShareTile, smallestShare, type ShareTile } from './shares.js';
import { sampledStates, type MbarSolution } from './solution.js';
import type { MbarWindow } from './windows.js';

/** Frames that MBAR weighed, with what the errors of their averages come from. */
export interface MbarFrames {
  input: MbarInput;
  solution: MbarSolution;
  /** States with frames; no block reaches across the end of one of their ranges. */
  windows: readonly MbarWindow[];
  /** Cuts between windows across which nothing is known: states on one side of each, and why, as the end of a sentence. */
  cuts?: readonly { beyond: readonly number[]; why: string }[];
}

/** How an estimate depends on the frames. */
export interface Influence {
  /** φ_n `[frames]`: by how much the estimate changes, to first order, for each unit that frame n counts more. */
  frames: Float64Array;
  /** Σ_n a_n p_k `[states]`: what the direct part a says of each state; 0 where a state has no frames. */
  pull: Float64Array;
}

/**
 * What an estimate θ(w) owes to each frame, that the free energies of the states are estimated from the same frames included: the
 * infinitesimal jackknife (Jaeckel 1972; Efron 1982, doi:10.1137/1.9781611970319.ch6). Of ln Σ_A w − ln Σ_B w the direct part is
 * a_n = 1_A w_n/Σ_A w − 1_B w_n/Σ_B w. The free energies solve Σ_n p_k(x_n) = N_k, so that φ_n = a_n + p(x_n)·H⁻¹ Σ_m a_m p(x_m), H
 * the derivative of those equations.
 */
export class Influences {
  private readonly sampled: number[];
  private readonly energies: readonly Float64Array[];
  private readonly offsets: Float64Array;
  private readonly equations: FreeEnergyEquations;
  private readonly counted: readonly Segment[];
  private readonly logDenominator: Float64Array;

  constructor({ input, solution }: Pick<MbarFrames, 'input' | 'solution'>) {
    const { counts, f, overlap, logDenominator } = solution;
    this.logDenominator = logDenominator;
    this.sampled = sampledStates(solution);
    this.energies = this.sampled.map((state) => input.energies[state]);
    const [own, numbers] = [f, counts].map((all) => Float64Array.from(this.sampled, (state) => all[state]));
    this.offsets = offsetsOf(own, numbers);
    this.counted = countedRanges(input.origin);
    const products = this.sampled.flatMap((a) => this.sampled.map((b) => counts[a] * overlap[a][b]));
    this.equations = new FreeEnergyEquations(numbers, Float64Array.from(products));
  }

  /** How many states have frames: the length of what `sharesIn` and `response` give. */
  get states(): number {
    return this.sampled.length;
  }

  /** Goes through the frames of some ranges; states are counted among those with frames. */
  forEachTile(ranges: readonly Segment[], visit: (tile: ShareTile) => void): void {
    forEachShareTile(this.energies, this.offsets, ranges, visit);
  }

  /** Σ_n p_k(x_n) over some frames, each times its amount. */
  sharesIn(ranges: readonly Segment[], amounts?: Float64Array): Float64Array {
    const sums = new Float64Array(this.states);
    this.forEachTile(ranges, ({ first, frames, counts, states, shares, width }) => {
      for (let i = 0; i < frames; i++) {
        const amount = amounts ? amounts[first + i] : 1;
        if (amount === 0) continue;
        for (let at = i * width; at < i * width + counts[i]; at++) sums[states[at]] += amount * shares[at];
      }
    });
    return sums;
  }

  /** p_k(x_n) `[frames]` of one of the states with frames; 0 for frames that are left out. */
  sharesOf(state: number): Float64Array {
    const shares = new Float64Array(this.logDenominator.length);
    const [energy, offset] = [this.energies[state], this.offsets[state]];
    for (const { start, end } of this.counted)
      for (let frame = start; frame < end; frame++) {
        const log = offset - energy[frame] - this.logDenominator[frame];
        if (log > smallestShare) shares[frame] = Math.exp(log);
      }
    return shares;
  }

  /** H⁻¹ of sums over states, which sum to 0. */
  response(pull: ArrayLike<number>): Float64Array {
    return this.equations.solve(pull);
  }

  /** Of a direct part `[frames]` that sums to 0. */
  of(direct: Float64Array): Influence {
    const own = this.sharesIn(this.counted, direct);
    const response = this.response(own);
    const influence = direct.slice();
    this.forEachTile(this.counted, ({ first, frames, counts, states, shares, width }) => {
      for (let i = 0; i < frames; i++)
        for (let at = i * width; at < i * width + counts[i]; at++)
          influence[first + i] += response[states[at]] * shares[at];
    });
    const pull = new Float64Array(Math.max(...this.sampled) + 1);
    this.sampled.forEach((state, i) => (pull[state] = own[i]));
    return { frames: influence, pull };
  }
}

/** What the number of blocks of a window rests on. */
export type BlockedWindow = Pick<MbarWindow, 'frames' | 'inefficiency'>;

/**
 * How many blocks a window is cut into: those of the length B after which an error no longer rises, B³ = 2 N g² of N frames with
 * inefficiency g (Lee et al. 2011, doi:10.1103/PhysRevE.83.066706), times `longer`; two at least.
 */
export function windowBlocks({ frames, inefficiency }: BlockedWindow, longer = 1): number {
  const length = longer * Math.max(inefficiency, Math.cbrt(2 * frames * inefficiency ** 2));
  return Math.max(2, Math.floor(frames / length));
}

/** Sums over the blocks of one window: of φ in a block s, and of its frames l. */
export interface WindowSums {
  blocks: number;
  /** Σ s², Σ s l, Σ s, Σ l² and Σ l */
  squares: number;
  mixed: number;
  sum: number;
  framesSquared: number;
  frames: number;
}

/**
 * What one window adds to the variance of an estimate: the spread of its blocks about what their length alone makes of them, since
 * frames are drawn anew within a window and their number is not. What neighbouring blocks of B frames share of a correlation that
 * falls off as that of inefficiency g does, (g² − 1)/(2gB) of the variance, is not in their spread and is made up for; by twice
 * at most.
 */
export function windowVariance(sums: WindowSums, g: number): number {
  const { blocks, squares, mixed, sum, framesSquared, frames } = sums;
  if (blocks < 2) return 0;
  const mean = sum / frames;
  const spread = Math.max(0, squares - 2 * mean * mixed + mean * mean * framesSquared);
  const shared = ((g * g - 1) / (2 * g)) * (blocks / frames);
  return (spread * blocks) / (blocks - 1) / Math.max(0.5, 1 - shared);
}

/**
 * The sums of φ over these blocks of a window.
 * @param influence `[frames]`, or of groups of frames
 * @param framesOf how many frames a block has
 */
export function windowSums(
  influence: Float64Array,
  blocks: readonly Segment[],
  framesOf: (block: Segment) => number = ({ start, end }) => end - start,
): WindowSums {
  const sums = { blocks: blocks.length, squares: 0, mixed: 0, sum: 0, framesSquared: 0, frames: 0 };
  for (const block of blocks) {
    const own = influence.subarray(block.start, block.end).reduce((a, b) => a + b, 0);
    const frames = framesOf(block);
    sums.squares += own * own;
    sums.mixed += own * frames;
    sums.sum += own;
    sums.framesSquared += frames * frames;
    sums.frames += frames;
  }
  return sums;
}

/** Standard error of an estimate from its influence `[frames]`: blocks of each window, as long as φ or its energies are correlated. */
export function influenceError(windows: readonly MbarWindow[], influence: Float64Array): number {
  const variances = windows.map(({ ranges, frames, inefficiency }) => {
    const slowest = Math.min(frames, Math.max(inefficiency, statisticalInefficiency(influence, ranges)));
    const blocks = splitIntoBlocks(ranges, windowBlocks({ frames, inefficiency: slowest }));
    return windowVariance(windowSums(influence, blocks), slowest);
  });
  return Math.sqrt(variances.reduce((a, b) => a + b, 0));
}
