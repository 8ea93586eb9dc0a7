import type { Dataset, Segment } from '../frames/index.js';
import type { Needs } from '../models/index.js';
import type { RescaledTimeCover, WeightScale } from '../sampling/index.js';
import type { Random } from '../support/index.js';
import type { KoopmanBasis } from './choices.js';

// What data makes of frames, loop learns from and outcome tells of: the three know these and not one another.

/** Which columns of a table are learned from, and what the others say of each frame. */
export interface Roles {
  /** All columns. */
  table: Dataset;
  /** The columns that go into the network. */
  inputs: Dataset;
  /** Statistical weight of each frame, mean 1; absent where all weigh alike. */
  weights?: Float64Array;
  /** Of a pair by its first frame, where that is another: 0 in runs under a bias, beside such without one. */
  pairWeights?: Float64Array;
  /** ln of the mean of exp(bias/kT): how much longer the unbiased system would have taken. Only with a bias. */
  logAcceleration?: number;
  /** Where weights are a column, its mean over all frames. */
  weightMean?: number;
  /** Where they are of a bias, the scales of the runs: see `weightScales`. */
  scales?: ReadonlyMap<string, WeightScale>;
  /** Where some runs were under a bias and some were not: those whose pairs count, and what their weights are multiplied by. */
  ownDynamics?: OwnDynamics;
  /** Where weights are a column, and all runs are said to have been under a bias. */
  allBiased?: true;
  /** Columns that tell nothing, and why they were left out. */
  leftOut: IdleColumn[];
  labels?: LabelledStates;
  properties?: Properties;
  /** Group of each row, from 0, where whole groups validate. */
  groups?: Int32Array;
}

/** Runs without a bias, beside others with one: what follows a frame of theirs is the system's own dynamics. */
export interface OwnDynamics {
  /** Of the runs, as in `RunSegment`. */
  sources: ReadonlySet<string>;
  /** Makes the mean weight of all pairs 1. */
  scale: number;
}

/** A column that tells nothing, and why. */
export interface IdleColumn {
  label: string;
  why: string;
}

/** States that are known beforehand. */
export interface LabelledStates {
  names: string[];
  /** Index into `names` for each frame, −1 where the frame belongs to none. */
  state: Int32Array;
}

/** Measured properties, row-major `[frames, names]`; NaN where one was not measured. */
export interface Properties {
  names: string[];
  data: Float64Array;
}

/** All frames of a training, as it is known by them: also those on disk of which it has a sample. */
export interface AllFrames extends Pick<Dataset, 'columns' | 'frames' | 'segments'> {
  /** SHA-256 of labels and values. */
  fingerprint: string;
  /** SHA-256 of the times. */
  times: string;
  /** They stay on disk, and come piece by piece. */
  streamed: boolean;
}

/**
 * What the network sees of a column: itself, or the sine and cosine of its phase where it is periodic,
 * so that no jump stands at the end of the period. Features are ordered: plain columns first, then all
 * sines, then all cosines.
 */
export interface FeatureMap {
  /** Indices of the columns taken as they are. */
  plain: number[];
  /** What each of those is, where known. */
  quantities: (string | undefined)[];
  /** Indices of the periodic columns, with the factor from value to phase, 2π/period. */
  periodic: { column: number; factor: number }[];
}

/**
 * One product of the gradients of two features by mass-weighted coordinates, made of that of two inputs: which the column of the table
 * has.
 */
export interface MetricTerm {
  column: number;
  inputs: readonly [number, number];
  features: readonly [number, number];
  /** 2 where both orders of the pair are in this one. */
  times: 1 | 2;
}

/** The affine map from features to what the network is trained on: `(feature − mean) / scale`. */
export interface Scaling {
  mean: Float64Array;
  scale: Float64Array;
}

/** `(value − mean) / deviation` of each property. */
export interface PropertyScaling {
  names: string[];
  mean: number[];
  deviation: number[];
}

/** Single precision, or double for a training in double. */
export type Reals = Float32Array | Float64Array;

/** The tables that batches are taken from; row f of each belongs to frame f. */
export interface Tables {
  frames: number;
  /** Scaled features `[frames, width]`. */
  features: Reals;
  width: number;
  /** One column for each state: 1 where the frame is in it, `[frames, states]`. */
  states?: Reals;
  stateCount: number;
  /** Scaled properties `[frames, properties]`; 0 where one was not measured. */
  properties?: Reals;
  /** 1 where a property was measured, 0 elsewhere, `[frames, properties]`; absent where all were. */
  measured?: Reals;
  propertyCount: number;
  /** Products of the scaled features' gradients by mass-weighted coordinates, `[frames, metricCount]`. */
  metric?: Reals;
  metricCount: number;
}

/** What of a batch there is: by what the method needs and what the data has. */
export interface BatchShape {
  needs: Needs;
  weighted: boolean;
  /** Whether frames weigh otherwise than the pairs that they begin. */
  framesWeighted: boolean;
  tables: Tables;
}

/** What a step learns from: frames, or pairs of frames, by their row in the table. */
export interface Samples {
  now: Int32Array;
  /** Second ends of the pairs, where the method has pairs. */
  later?: Int32Array;
  /** One for each of `now`, mean 1 over the training samples; absent where all weigh alike. */
  weight?: Float32Array;
  /** Of the first frame of each pair by itself, where that is another. */
  frameWeight?: Float32Array;
}

export interface Split {
  train: Samples;
  validation: Samples;
}

/** How frames become samples of both sides. */
export interface SplitOptions {
  /** Lag in frames; 0 where the method has no pairs. */
  lag: number;
  mode?: 'blocks' | 'trajectories' | 'random' | 'groups';
  /** Which of how many folds validates, from 0; about a fifth where left out. */
  fold?: Fold;
  /** For `random` and `groups`. */
  seed?: number;
  /** For `groups`: that of each row, from 0. */
  groups?: Int32Array;
  /** Weight of each frame. A pair has that of its first frame. */
  weights?: Float64Array;
  /** Of a pair by its first frame, where that is another. */
  pairWeights?: Float64Array;
  /** Weights stay as they are, of mean 1 over a larger set. */
  scaled?: boolean;
  /** Pairs a lag apart in the time that the weights stretch; needs them. */
  reweightedTime?: boolean;
}

/** Weights that make pairs of frames those of equilibrium. */
export interface Equilibrium {
  /** `[frames]`, mean 1; 0 for frames that begin no pair. */
  weights: Float64Array;
  /** Weights of further rows of scaled features, mean 1 over the frames that begin a pair. */
  weigh: (features: Reals) => Float64Array;
  record: KoopmanRecord;
}

/** What Koopman weights rest on. */
export interface KoopmanRecord {
  basis: KoopmanBasis;
  /** Independent functions among which they were sought, beside the constant. */
  functions: number;
  /** Condition number of the equations. */
  condition: number;
  /** Standard error of a weight against the size of one, both root mean squares. */
  error: number;
  /** Part of the pairs whose weight came out below 0, and counts as 0. */
  negative: number;
  /** Part of the pairs that begin where no trajectory comes back from to the others. */
  cutOff: number;
  /** All pairs, and how many as many count as (Kish). */
  pairs: number;
  effectiveSize: number;
}

/** What reweighted time rests on. */
export interface RescaledTimeRecord extends RescaledTimeCover {
  /** ln of how much longer the unbiased system would have taken. */
  logAcceleration: number;
}

export interface Fold {
  index: number;
  count: number;
}

export type Side = 'train' | 'validation';

/** Frames of one segment that follow one another, all on one side of the split. */
export interface Block extends Segment {
  side: Side;
}

/** Frames that are in memory together, and what is learned from them before the next ones come. */
export interface Part {
  tables: Tables;
  samples: Samples;
}

/** Where the frames of an epoch come from. */
export interface PartSource {
  /** All training frames once, in parts. */
  epoch(random: Random): Iterable<Part>;
  /** About how many steps an epoch has. */
  stepsOfEpoch(batch: number): number;
}

/** How long a training goes on, and in which steps. */
export interface Course {
  /** Frames (pairs) of one step. */
  batch: number;
  stepsPerEpoch: number;
  /** Most epochs. */
  epochs: number;
  /** Epochs without a better validation loss after which it stops. */
  patience: number;
  /** It is meant to end before the loss does. */
  endsEarly?: boolean;
}
