import type { Segment } from '../../frames/index.js';
import { expectNumber, expectObject } from '../../support/index.js';
import { countedRanges, countsOf, expectEnergies, expectMbarInput, type MbarInput } from './input.js';
import { offsetsOf, solveByNewton, type NewtonEnd, type StatesWithFrames } from './newton.js';
import { expectOverlap, neighboursOf, overlapEigenvalues, overlapOf } from './overlap.js';
import { forEachShareTile } from './shares.js';
import { sampledStates, type MbarSolution } from './solution.js';
import { divergences, startEnergies, type SortedFrames } from './start.js';

export interface MbarOptions {
  /** Newton's method ends where a step changes no f_k by more; default 1e-9, after which the next would be about 1e-17. */
  tolerance?: number;
}

/** So many frames of each state are plenty to begin with. */
const firstFrames = 300;

/**
 * Free energies of all states by the multistate Bennett acceptance ratio, the estimate of least variance of independent frames
 * (Shirts & Chodera 2008, doi:10.1063/1.2978177): f_k = −ln Σ_n exp(−u_k(x_n)) / Σ_l N_l exp(f_l − u_l(x_n)).
 *
 * Begins with Bennett's ratio from each state to its nearest, then Newton's method on some frames of each state and on all. States
 * without frames get their free energies from the frames of the others.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 * @throws LatentcvError `bad-data` where an energy is not finite, or where states fall apart into groups that share no frame
 */
export function solveMbar(input: MbarInput, options: MbarOptions = {}): MbarSolution {
  expectMbarInput(input);
  expectEnergies(input);
  expectObject(options, 'options');
  const { tolerance = 1e-9 } = options;
  expectNumber(tolerance, 'options.tolerance', { positive: true });
  const all = sampledPart(input);
  const some = someFrames(input, all);
  const end = solveByNewton(all, beginning(some, tolerance), tolerance);
  const neighbours = neighboursOf(end.sums, all.counts);
  const apart = divergences(some);
  const names = all.states.map((state) => input.states[state]);
  expectOverlap(neighbours, names, (a, b) => apart[a * names.length + b]);
  const logDenominator = logDenominators(input, all, end.f);
  const { f, overlap } = withoutFrames(input, all, end, logDenominator);
  return {
    states: input.states,
    f,
    counts: countsOf(input),
    logDenominator,
    overlap,
    eigenvalues: overlapEigenvalues(end.sums, all.counts),
    neighbours: neighbours.map(({ states: [a, b], beyond, ...pair }) => ({
      ...pair,
      states: [all.states[a], all.states[b]],
      beyond: beyond.map((state) => all.states[state]),
    })),
    iterations: end.iterations,
    residual: end.residual,
  };
}

/** The states with frames, and the frames that count. */
interface SampledPart extends StatesWithFrames {
  /** Their numbers among all states. */
  states: number[];
}

function sampledPart(input: MbarInput): SampledPart {
  const counts = countsOf(input);
  const states = sampledStates({ counts });
  return {
    states,
    energies: states.map((state) => input.energies[state]),
    counts: Float64Array.from(states, (state) => counts[state]),
    ranges: countedRanges(input.origin),
  };
}

/** At most `firstFrames` of each state, evenly spaced, one state after the other. */
function someFrames({ origin }: MbarInput, { states, energies, counts }: SampledPart): SortedFrames {
  const place = new Map(states.map((state, i) => [state, i]));
  const chosen: number[][] = states.map(() => []);
  const seen = new Float64Array(states.length);
  origin.forEach((state, frame) => {
    const own = place.get(state);
    if (own === undefined) return;
    const every = Math.max(1, counts[own] / firstFrames);
    if (chosen[own].length <= seen[own] / every) chosen[own].push(frame);
    seen[own]++;
  });
  const frames = chosen.flat();
  let at = 0;
  return {
    energies: energies.map((energy) => Float64Array.from(frames, (frame) => energy[frame])),
    starts: Int32Array.from([0, ...chosen.map(({ length }) => (at += length))]),
  };
}

/** Free energies from some of the frames. */
function beginning(some: SortedFrames, tolerance: number): Float64Array {
  const { energies, starts } = some;
  const counts = Float64Array.from(energies, (_, state) => starts[state + 1] - starts[state]);
  const ranges = [{ start: 0, end: starts[energies.length] }];
  return solveByNewton({ energies, counts, ranges }, startEnergies(some), tolerance).f;
}

function logDenominators({ origin }: MbarInput, all: SampledPart, f: Float64Array): Float64Array {
  const logs = new Float64Array(origin.length).fill(NaN);
  forEachShareTile(all.energies, offsetsOf(f, all.counts), all.ranges, ({ first, frames, logSum }) =>
    logs.set(logSum.subarray(0, frames), first),
  );
  return logs;
}

/** Free energies and overlap matrix of all states, where those without frames have them from the frames of the others. */
function withoutFrames(
  { states, energies }: MbarInput,
  all: SampledPart,
  { f: own, sums }: NewtonEnd,
  logDenominator: Float64Array,
): { f: Float64Array; overlap: Float64Array[] } {
  const f = new Float64Array(states.length);
  const overlap = states.map(() => new Float64Array(states.length));
  const ownOverlap = overlapOf(sums, all.counts);
  all.states.forEach((state, i) => {
    f[state] = own[i];
    all.states.forEach((other, j) => (overlap[state][other] = ownOverlap[i * all.states.length + j]));
  });
  for (const state of states.keys()) {
    if (all.states.includes(state)) continue;
    f[state] = -logSum(energies[state], logDenominator, all.ranges);
    const offsets = offsetsOf(own, all.counts);
    forEachShareTile(all.energies, offsets, all.ranges, (tile) => {
      for (let i = 0; i < tile.frames; i++) {
        const frame = tile.first + i;
        const weight = Math.exp(f[state] - energies[state][frame] - logDenominator[frame]);
        for (let at = i * tile.width; at < i * tile.width + tile.counts[i]; at++)
          overlap[state][all.states[tile.states[at]]] += weight * tile.shares[at];
      }
    });
  }
  return { f, overlap };
}

/** ln Σ_n exp(−u − ln denominator) */
function logSum(energy: Float64Array, logDenominator: Float64Array, ranges: readonly Segment[]): number {
  let [highest, sum] = [-Infinity, 0];
  for (const { start, end } of ranges)
    for (let frame = start; frame < end; frame++) {
      const log = -energy[frame] - logDenominator[frame];
      if (log > highest) [highest, sum] = [log, sum * Math.exp(highest - log) + 1];
      else sum += Math.exp(log - highest);
    }
  return highest + Math.log(sum);
}
