import { invalidArgument, LatentcvError } from '../support/errors.js';
import { framesIn, wholeRun, type FrameRange } from './frame-ranges.js';
import { like, type Numbers } from './numbers.js';
import { discardInitial, type Replica } from './replicas.js';
import { thermalEnergy } from './thermal.js';

/** Frames with the weights that make their averages those of the unbiased ensemble. */
export interface WeightedSample {
  /** `[frames]`, sums to 1; 0 for frames of no replica. */
  weights: Numbers;
  /** The frames that count, run by run. */
  replicas: readonly Replica[];
  /** The same as one list: no block, transition or autocorrelation reaches across the end of a range. */
  ranges: readonly FrameRange[];
  /** Temperature in K at which the frames were sampled. */
  temperature: number;
  /** Kish's effective number of frames; it measures the spread of the weights, not the correlation in time. */
  effectiveSize: number;
}

export interface ReplicaOptions {
  /** The runs (`replicasOf` a Dataset's segments); default: one run of all frames. */
  runs?: readonly Replica[];
  /**
   * `independent` (default): every run built a bias of its own, whose zero is its own too, so each is given the
   * weight of its share of frames. `shared`: one bias acted on all (walkers, restarts of one run).
   */
  replicas?: 'independent' | 'shared';
}

export interface ReweightOptions extends ReplicaOptions {
  /** Initial fraction of every run that is left out while the bias is being built; default 0.2. */
  discard?: number;
}

/**
 * Weights `exp(V/kT)` of biased frames, normalised to sum 1; frames of no run get 0.
 *
 * V in kJ/mol is the quasi-static bias of each frame: `opes.bias` (Invernizzi & Parrinello 2020,
 * doi:10.1021/acs.jpclett.0c00497) or metadynamics' `rbias`, which has c(t) taken off (Tiwary &
 * Parrinello 2015, doi:10.1021/jp504920s). Temperature in K, one for all or by run. The largest V of a run is taken
 * off before the exponential, so no bias overflows. Throws `bad-data` where a bias is not finite.
 */
export function biasWeights(
  bias: Numbers,
  temperature: number | ((run: Replica) => number),
  options: ReplicaOptions = {},
): Numbers {
  const runs = options.runs ?? [{ source: '', ranges: wholeRun(bias.length) }];
  const kT = (run: Replica): number =>
    thermalEnergy(typeof temperature === 'number' ? temperature : temperature(run));
  const all = runs.reduce((sum, { ranges }) => sum + framesIn(ranges), 0);
  const weights = like(bias);
  const groups = options.replicas === 'shared' ? [runs] : runs.map((run) => [run]);
  for (const group of groups) fillWeights(weights, bias, kT, group, 1 / all);
  return weights;
}

/** Weights of a group that one zero goes for; together they weigh as many frames. */
function fillWeights(
  weights: Numbers,
  bias: Numbers,
  kT: (run: Replica) => number,
  group: readonly Replica[],
  frame: number,
): void {
  let highest = -Infinity;
  const terms = group.map(({ ranges }, i) => ({ ranges, kT: kT(group[i]) }));
  for (const term of terms) highest = Math.max(highest, largestBias(bias, term.ranges) / term.kT);
  let [sum, frames] = [0, 0];
  for (const term of terms) {
    for (const { start, end } of term.ranges) {
      for (let i = start; i < end; i++) sum += weights[i] = Math.exp(bias[i] / term.kT - highest);
      frames += end - start;
    }
  }
  const scale = (frame * frames) / sum;
  for (const { ranges } of group)
    for (const { start, end } of ranges) for (let i = start; i < end; i++) weights[i] *= scale;
}

function largestBias(bias: Numbers, ranges: readonly FrameRange[]): number {
  let highest = -Infinity;
  for (const { start, end } of ranges) {
    for (let frame = start; frame < end; frame++) {
      const value = bias[frame];
      if (!Number.isFinite(value)) {
        throw new LatentcvError('bad-data', `expected a finite bias but frame ${frame} has ${value}`);
      }
      if (value > highest) highest = value;
    }
  }
  return highest;
}

/** Kish's effective sample size `(Σw)²/Σw²` (Kish, Survey Sampling, 1965); 0 for no weight at all. */
export function effectiveSampleSize(weights: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i];
    squares += weights[i] * weights[i];
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}

/** Leaves out each run's initial fraction and weighs the rest by its bias in kJ/mol; see `biasWeights`. */
export function reweight(bias: Numbers, temperature: number, options: ReweightOptions = {}): WeightedSample {
  const runs = checkedRuns(bias.length, options.runs);
  const replicas = discardInitial(runs, options.discard ?? 0.2);
  const weights = biasWeights(bias, temperature, { ...options, runs: replicas });
  const ranges = replicas.flatMap((replica) => replica.ranges);
  return { weights, replicas, ranges, temperature, effectiveSize: effectiveSampleSize(weights) };
}

/** The frames of runs without a bias, all with the same weight; nothing is discarded unless asked. */
export function unbiasedSample(
  frames: number,
  temperature: number,
  options: ReweightOptions = {},
): WeightedSample {
  return reweight(new Float64Array(frames), temperature, { discard: 0, ...options });
}

function checkedRuns(
  frames: number,
  runs: readonly Replica[] = [{ source: '', ranges: wholeRun(frames) }],
): readonly Replica[] {
  const ranges = runs.flatMap((run) => run.ranges);
  const bad = ranges.find(({ start, end }) => !(start >= 0 && start < end && end <= frames));
  if (bad) throw invalidArgument(`ranges within ${frames} frames`, 'runs', `${bad.start} to ${bad.end}`);
  if (ranges.length === 0) throw invalidArgument('at least one range of frames', 'runs', 'none');
  return runs;
}
