import { LatentcvError } from '../../support/index.js';
import type { Segment } from '../../frames/index.js';
import { FreeEnergyEquations } from './equations.js';
import { shareSums, type ShareSums } from './shares.js';

/** What the equations are about: states with frames, and the frames that count. */
export interface StatesWithFrames {
  /** `[state][frame]` */
  energies: readonly Float64Array[];
  /** Frames of each state. */
  counts: Float64Array;
  ranges: readonly Segment[];
}

/** Where the equations were left. */
export interface NewtonEnd {
  /** Of the sampled states, that of the first 0. */
  f: Float64Array;
  sums: ShareSums;
  iterations: number;
  /** The largest |Σ_n p_k − N_k| / N_k. */
  residual: number;
}

const mostIterations = 100;
const enoughIterations = 10;
const leastResidual = 1e-10;
const mostShortenings = 40;

/** Free energies never change by more than this at once: far from the solution the equations are flat. */
const longestStep = 100;

/**
 * Solves Σ_n p_k(x_n) = N_k for all states by Newton's method: the equations are the gradient of a convex function of the free
 * energies (Shirts & Chodera 2008, doi:10.1063/1.2978177, eq. 11 and C), so that along a step its slope rises from below zero; a step after which
 * the slope is well above zero has gone too far and is shortened.
 * @param tolerance the change of any f_k in the last step
 */
export function solveByNewton(
  { energies, counts, ranges }: StatesWithFrames,
  start: Float64Array,
  tolerance: number,
): NewtonEnd {
  const evaluate = (f: Float64Array): ShareSums => shareSums(energies, offsetsOf(f, counts), ranges);
  let f = start;
  let sums = evaluate(f);
  for (let iterations = 1; iterations <= mostIterations; iterations++) {
    const gradient = sums.totals.map((total, state) => total - counts[state]);
    const step = shortened(new FreeEnergyEquations(sums.totals, sums.products).solve(gradient));
    const before = slopeAlong(step, sums, counts);
    let length = 1;
    for (let tries = 0; ; tries++) {
      const tried = f.map((value, state) => value - length * step[state]);
      const found = evaluate(tried);
      const slope = slopeAlong(step, found, counts);
      // uphill by more than half of how steep it went down, not by rounding
      if (slope <= 0.5 * Math.abs(before) + 1e-9 || tries === mostShortenings) {
        [f, sums] = [tried, found];
        break;
      }
      length *= Math.max(0.1, Math.abs(before) / (Math.abs(before) + slope));
    }
    const change = step.reduce((most, value) => Math.max(most, Math.abs(length * value)), 0);
    const residual = residualOf(sums, counts);
    // the second where two groups of states share nothing: their distance wanders with the rounding
    if (change < tolerance || (iterations >= enoughIterations && residual < leastResidual))
      return { f, sums, iterations, residual };
  }
  throw new LatentcvError(
    'bad-data',
    `expected the equations of MBAR to converge but after ${mostIterations} steps they are off by ${residualOf(sums, counts).toExponential(1)} of a state's frames`,
    'energies must be reduced (divided by kT), and each frame’s of every state those of the same configuration',
  );
}

/** f_k + ln N_k */
export const offsetsOf = (f: Float64Array, counts: Float64Array): Float64Array =>
  f.map((value, state) => value + Math.log(counts[state]));

function shortened(step: Float64Array): Float64Array {
  const longest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return longest > longestStep ? step.map((value) => (value * longestStep) / longest) : step;
}

/** The slope of the convex function where f moves along −step. */
function slopeAlong(step: Float64Array, { totals }: ShareSums, counts: Float64Array): number {
  return step.reduce((sum, value, state) => sum - value * (totals[state] - counts[state]), 0);
}

const residualOf = ({ totals }: ShareSums, counts: Float64Array): number =>
  totals.reduce((most, total, state) => Math.max(most, Math.abs(total - counts[state]) / counts[state]), 0);
