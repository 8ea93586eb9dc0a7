import {
  invalidArgument,
  LatentcvError,
  expectChoice,
  expectList,
  expectNumber,
  expectNumbers,
  expectObject,
  expectWhole,
} from '../support/index.js';
import { expectSegments, type Segment } from '../frames/index.js';
import type { MbarFrames } from './mbar/index.js';
import { framesIn, wholeRun } from './segments.js';
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
  ranges: readonly Segment[];
  /** Temperature in K at which the frames were sampled. */
  temperature: number;
  /** Kish's effective number of frames; it measures the spread of the weights, not the correlation in time. */
  effectiveSize: number;
  /** Where the frames are of several states, weighed by MBAR: what their errors come from. */
  mbar?: MbarFrames;
  /** Why no error of a free energy by these frames is known, in words: that they are not of their temperature. */
  problem?: string;
}

export interface ReplicaOptions {
  /** The runs (`replicasOf` a Dataset's segments); default: one run of all frames. */
  runs?: readonly Replica[];
  /**
   * `independent` (default): every run built a bias of its own, whose zero is its own too, so each is given the
   * weight of its share of frames. `shared`: one bias acted on all (walkers, restarts of one run).
   */
  replicas?: 'independent' | 'shared';
  /** Put the weights where the bias was, whose values are lost: for runs so long that both would not fit. */
  overwrite?: boolean;
}

export interface ReweightOptions extends ReplicaOptions {
  /** Initial fraction of every run that is left out while the bias is being built; default 0.2. */
  discard?: number;
}

/**
 * Weights `exp(V/kT)` of biased frames, normalised to sum 1; frames of no run get 0.
 *
 * V in kJ/mol is the quasi-static bias of each frame: `opes.bias` (Invernizzi & Parrinello 2020,
 * doi:10.1021/acs.jpclett.0c00497) or metadynamics' `rbias`, which has c(t) taken off (Tiwary & Parrinello 2015,
 * doi:10.1021/jp504920s). Temperature in K, one for all or by run. The largest V of a run is taken off before the
 * exponential, so no bias overflows.
 * @throws LatentcvError `bad-data` where a bias is not finite
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function biasWeights(bias: Numbers, temperature: Temperature, options: ReplicaOptions = {}): Numbers {
  expectNumbers(bias, 'bias');
  if (typeof temperature !== 'function') expectNumber(temperature, 'temperature', { positive: true });
  expectReplicas(bias.length, options);
  const runs = options.runs ?? [{ source: '', ranges: wholeRun(bias.length) }];
  const frames = runs.reduce((sum, { ranges }) => sum + framesIn(ranges), 0);
  const scales = runScales(bias, temperature, runs, options.replicas);
  const weights = options.overwrite ? bias : like(bias);
  runs.forEach((run, i) => fillWeights(weights, bias, temperature, run, timesMean(scales[i], frames)));
  if (options.overwrite) clearOutside(weights, runs);
  return weights;
}

/** Frames of no run weigh nothing. */
function clearOutside(weights: Numbers, runs: readonly Replica[]): void {
  const ranges = runs.flatMap((run) => run.ranges).sort((a, b) => a.start - b.start);
  let last = 0;
  for (const { start, end } of ranges) {
    weights.fill(0, last, start);
    last = end;
  }
  weights.fill(0, last);
}

/** Frames weigh exp(V/kT − highest) / mean, which is 1 on average however high the bias is. */
export interface WeightScale {
  /** The largest V/kT. */
  highest: number;
  mean: number;
}

const timesMean = ({ highest, mean }: WeightScale, factor: number): WeightScale => ({
  highest,
  mean: mean * factor,
});

/** ln of the mean of exp(V/kT). */
const logOf = ({ highest, mean }: WeightScale): number => highest + Math.log(mean);

/** In K, one for all or by run. */
export type Temperature = number | ((run: Replica) => number);

/**
 * By the source of a run, the scale of its weights: that of the frames that one zero goes for, its own where runs are
 * independent, else all.
 */
export function weightScales(
  bias: Numbers,
  temperature: Temperature,
  { runs, replicas }: ReplicaOptions & Required<Pick<ReplicaOptions, 'runs'>>,
): Map<string, WeightScale> {
  const scales = runScales(bias, temperature, runs, replicas);
  return new Map(runs.map(({ source }, i) => [source, scales[i]]));
}

/**
 * Weights `[frames]` of mean about 1, by the scales of these runs: those of `weightScales` of the same
 * frames, or of others of the runs. Frames of no run get 0; throws `bad-data` where a bias is not finite.
 */
export function scaledWeights(
  bias: Numbers,
  temperature: Temperature,
  runs: readonly Replica[],
  scales: ReadonlyMap<string, WeightScale>,
): Numbers {
  const weights = like(bias);
  for (const run of runs) {
    const scale = scales.get(run.source);
    if (scale === undefined) throw invalidArgument('a run whose scale is known', 'run', run.source);
    largestBias(bias, run.ranges);
    fillWeights(weights, bias, temperature, run, scale);
  }
  return weights;
}

/**
 * ln of the mean of exp(V/kT) over all frames of runs with these scales: how much longer the unbiased system would have
 * taken (Tiwary & Parrinello 2013, doi:10.1103/PhysRevLett.111.230602).
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function logAcceleration(runs: readonly Replica[], scales: ReadonlyMap<string, WeightScale>): number {
  expectList(runs, 'runs');
  if (!((scales as unknown) instanceof Map))
    throw invalidArgument('a Map of scales by source', 'scales', scales);
  const terms = runs.flatMap(({ source, ranges }) => {
    const scale = scales.get(source);
    return scale ? [{ log: logOf(scale), frames: framesIn(ranges) }] : [];
  });
  const highest = terms.reduce((most, { log }) => Math.max(most, log), -Infinity);
  const all = terms.reduce((sum, { frames }) => sum + frames, 0);
  return (
    highest +
    Math.log(terms.reduce((sum, { log, frames }) => sum + (frames / all) * Math.exp(log - highest), 0))
  );
}

/** By how much the runs differ: the largest of their ln of the mean of exp(V/kT) less the smallest. */
export function scaleSpread(scales: ReadonlyMap<string, WeightScale>): number {
  const logs = [...scales.values()].map(logOf);
  return logs.length > 0 ? Math.max(...logs) - Math.min(...logs) : 0;
}

/** The scale of each run. */
function runScales(
  bias: Numbers,
  temperature: Temperature,
  runs: readonly Replica[],
  replicas: ReplicaOptions['replicas'] = 'independent',
): WeightScale[] {
  if (replicas === 'independent') return runs.map((run) => scaleOf(bias, temperature, [run]));
  const shared = scaleOf(bias, temperature, runs);
  return runs.map(() => shared);
}

function fillWeights(
  weights: Numbers,
  bias: Numbers,
  temperature: Temperature,
  run: Replica,
  { highest, mean }: WeightScale,
): void {
  const kT = thermal(temperature, run);
  for (const { start, end } of run.ranges)
    for (let i = start; i < end; i++) weights[i] = Math.exp(bias[i] / kT - highest) / mean;
}

function thermal(temperature: Temperature, run: Replica): number {
  return thermalEnergy(typeof temperature === 'number' ? temperature : temperature(run));
}

/** Of the frames of a group that one zero goes for. */
function scaleOf(bias: Numbers, temperature: Temperature, group: readonly Replica[]): WeightScale {
  const terms = group.map((run) => ({ ...run, kT: thermal(temperature, run) }));
  const highest = terms.reduce(
    (most, { ranges, kT }) => Math.max(most, largestBias(bias, ranges) / kT),
    -Infinity,
  );
  let [sum, frames] = [0, 0];
  for (const { ranges, kT } of terms)
    for (const { start, end } of ranges) {
      for (let i = start; i < end; i++) sum += Math.exp(bias[i] / kT - highest);
      frames += end - start;
    }
  return { highest, mean: sum / frames };
}

function largestBias(bias: Numbers, ranges: readonly Segment[]): number {
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

/**
 * Kish's effective sample size `(Σw)²/Σw²` (Kish, Survey Sampling, 1965); 0 for no weight at all.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function effectiveSampleSize(weights: ArrayLike<number>): number {
  expectNumbers(weights, 'weights');
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i];
    squares += weights[i] * weights[i];
  }
  if (!Number.isFinite(squares))
    throw new LatentcvError('bad-data', 'expected finite weights but one is infinite or no number');
  return squares > 0 ? (sum * sum) / squares : 0;
}

/**
 * Leaves out each run's initial fraction and weighs the rest by its bias in kJ/mol; see `biasWeights`.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function reweight(bias: Numbers, temperature: number, options: ReweightOptions = {}): WeightedSample {
  expectNumbers(bias, 'bias');
  expectNumber(temperature, 'temperature', { positive: true });
  expectReplicas(bias.length, options);
  const runs = checkedRuns(bias.length, options.runs);
  const replicas = discardInitial(runs, options.discard ?? 0.2);
  const weights = biasWeights(bias, temperature, { ...options, runs: replicas });
  const ranges = replicas.flatMap((replica) => replica.ranges);
  return { weights, replicas, ranges, temperature, effectiveSize: effectiveSampleSize(weights) };
}

/**
 * The frames of runs without a bias, all with the same weight; nothing is discarded unless asked.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function unbiasedSample(
  frames: number,
  temperature: number,
  { discard = 0, ...options }: ReweightOptions = {},
): WeightedSample {
  expectWhole(frames, 'frames', 1, 2 ** 32);
  return reweight(new Float64Array(frames), temperature, { ...options, discard });
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

function expectReplicas(frames: number, options: ReplicaOptions): void {
  expectObject(options, 'options');
  const { runs, replicas = 'independent' } = options;
  expectChoice(replicas, 'replicas', ['independent', 'shared']);
  if (runs === undefined) return;
  expectList(runs, 'runs');
  for (const run of runs) expectSegments(run?.ranges, frames, 'runs');
}
