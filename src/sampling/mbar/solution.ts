import { expectNumbers, expectObject } from '../../support/index.js';
import type { NeighbourOverlap } from './overlap.js';

/** What MBAR says of the states. */
export interface MbarSolution {
  /** What they are called. */
  states: readonly string[];
  /** Reduced free energies f_k, without a unit; that of the first state with frames is 0. */
  f: Float64Array;
  /** Frames of each state. */
  counts: Float64Array;
  /** ln Σ_k N_k exp(f_k − u_k(x_n)) `[frames]`; NaN for a frame that is left out. */
  logDenominator: Float64Array;
  /**
   * `[state][state]`: how likely a frame of the one state is to come from the other, N_j Σ_n W_i(x_n) W_j(x_n); rows sum to 1
   * (Klimovich, Shirts & Mobley 2015, doi:10.1007/s10822-015-9840-9).
   */
  overlap: readonly Float64Array[];
  /** Eigenvalues of the overlap matrix of the states with frames, largest (1) first; the second is 1 where they fall apart. */
  eigenvalues: Float64Array;
  /** The pairs that join the states with frames most closely, in their order. */
  neighbours: readonly NeighbourOverlap[];
  /** Newton steps over all frames. */
  iterations: number;
  /** The largest relative error of the equations, |Σ_n N_k W_k(x_n) − N_k| / N_k. */
  residual: number;
}

/**
 * Weights `[frames]`, in sum 1, by which averages over the frames of all states are those of a target (Shirts & Chodera 2008,
 * doi:10.1063/1.2978177, eq. 13); 0 for frames that are left out.
 * @param target reduced energies of the frames in it `[frames]`; default 0, the ensemble that the energies of the states are
 * biases of
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function mbarWeights({ logDenominator }: MbarSolution, target?: Float64Array): Float64Array {
  expectNumbers(logDenominator, 'solution.logDenominator');
  if (target !== undefined) expectNumbers(target, 'target', logDenominator.length);
  const weights = new Float64Array(logDenominator.length);
  let highest = -Infinity;
  for (let frame = 0; frame < weights.length; frame++) {
    const log = -(target?.[frame] ?? 0) - logDenominator[frame];
    weights[frame] = log;
    if (log > highest) highest = log;
  }
  let sum = 0;
  for (let frame = 0; frame < weights.length; frame++) {
    const left = Number.isNaN(logDenominator[frame]);
    weights[frame] = left ? 0 : Math.exp(weights[frame] - highest);
    sum += weights[frame];
  }
  for (let frame = 0; frame < weights.length; frame++) weights[frame] /= sum;
  return weights;
}

/** States with frames, by their numbers. */
export function sampledStates({ counts }: Pick<MbarSolution, 'counts'>): number[] {
  return Array.from(counts.keys()).filter((state) => counts[state] > 0);
}

/** Refuses what is no solution. */
export function expectSolution(solution: MbarSolution): void {
  expectObject(solution, 'solution', 'what solveMbar gives');
  expectNumbers(solution.counts, 'solution.counts');
  expectNumbers(solution.logDenominator, 'solution.logDenominator');
}
