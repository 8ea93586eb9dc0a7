import { invalidArgument, LatentcvError } from '../support/errors.js';
import { discardInitial, framesIn, wholeRun, type FrameRange } from './frame-ranges.js';
import { thermalEnergy } from './thermal.js';

/** Frames with the weights that make their averages those of the unbiased ensemble. */
export interface WeightedSample {
  /** `[frames]`, sums to 1; 0 for frames outside `ranges`. */
  weights: Float64Array;
  /** The frames that count, replica by replica. */
  ranges: readonly FrameRange[];
  /** Temperature in K at which the frames were sampled. */
  temperature: number;
  /** Kish's effective number of frames; it measures the spread of the weights, not the correlation in time. */
  effectiveSize: number;
}

export interface ReplicaOptions {
  /** Replicas as ranges of frames (a Dataset's segments); default: one run of all frames. */
  ranges?: readonly FrameRange[];
  /**
   * `independent` (default): every replica built a bias of its own, whose zero is its own too, so each is
   * given the weight of its share of frames. `shared`: one bias acted on all (walkers, restarts of one run).
   */
  replicas?: 'independent' | 'shared';
}

export interface ReweightOptions extends ReplicaOptions {
  /** Initial fraction of every replica that is left out while the bias is being built; default 0.2. */
  discard?: number;
}

/**
 * Weights `exp(V/kT)` of biased frames, normalised to sum 1; frames outside the ranges get 0.
 *
 * V in kJ/mol is the quasi-static bias of each frame: `opes.bias` (Invernizzi & Parrinello 2020,
 * doi:10.1021/acs.jpclett.0c00497) or metadynamics' `rbias`, which has c(t) taken off (Tiwary &
 * Parrinello 2015, doi:10.1021/jp504920s). Temperature in K. The largest V of a replica is taken off
 * before the exponential, so no bias overflows. Throws `bad-data` where a bias is not finite.
 */
export function biasWeights(
  bias: Float64Array,
  temperature: number,
  options: ReplicaOptions = {},
): Float64Array {
  const kT = thermalEnergy(temperature);
  const ranges = options.ranges ?? wholeRun(bias.length);
  const groups = options.replicas === 'shared' ? [ranges] : ranges.map((range) => [range]);
  const weights = new Float64Array(bias.length);
  for (const group of groups) {
    fillWeights(weights, bias, kT, group, framesIn(group) / framesIn(ranges));
  }
  return weights;
}

function fillWeights(
  weights: Float64Array,
  bias: Float64Array,
  kT: number,
  group: readonly FrameRange[],
  share: number,
): void {
  const highest = largestBias(bias, group);
  let sum = 0;
  forEachFrame(group, (frame) => (sum += weights[frame] = Math.exp((bias[frame] - highest) / kT)));
  forEachFrame(group, (frame) => (weights[frame] *= share / sum));
}

function largestBias(bias: Float64Array, group: readonly FrameRange[]): number {
  let highest = -Infinity;
  forEachFrame(group, (frame) => {
    const value = bias[frame];
    if (value === undefined || !Number.isFinite(value)) {
      throw new LatentcvError('bad-data', `expected a finite bias but frame ${frame} has ${value}`);
    }
    highest = Math.max(highest, value);
  });
  return highest;
}

function forEachFrame(ranges: readonly FrameRange[], visit: (frame: number) => void): void {
  for (const { start, end } of ranges) for (let frame = start; frame < end; frame++) visit(frame);
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

/** Leaves out each replica's initial fraction and weighs the rest by its bias in kJ/mol; see `biasWeights`. */
export function reweight(
  bias: Float64Array,
  temperature: number,
  options: ReweightOptions = {},
): WeightedSample {
  const ranges = discardInitial(rangesOf(bias.length, options.ranges), options.discard ?? 0.2);
  const weights = biasWeights(bias, temperature, { ...options, ranges });
  return { weights, ranges, temperature, effectiveSize: effectiveSampleSize(weights) };
}

/** The frames of runs without a bias, all with the same weight; nothing is discarded unless asked. */
export function unbiasedSample(
  frames: number,
  temperature: number,
  options: ReweightOptions = {},
): WeightedSample {
  return reweight(new Float64Array(frames), temperature, { discard: 0, ...options });
}

function rangesOf(frames: number, ranges: readonly FrameRange[] = wholeRun(frames)): readonly FrameRange[] {
  const bad = ranges.find(({ start, end }) => !(start >= 0 && start < end && end <= frames));
  if (bad) throw invalidArgument(`ranges within ${frames} frames`, 'ranges', `${bad.start} to ${bad.end}`);
  if (ranges.length === 0) throw invalidArgument('at least one range of frames', 'ranges', 'none');
  return ranges;
}
