import type { ParameterPack } from './state.js';
import type { Course, Reals } from '../learnable.js';
import type { Curves } from '../learned.js';

/** Where a learning rate stands that goes by plateaus of the validation loss. */
export interface Plateau {
  /** How often the rate has dropped, and after how many epochs the last time. */
  drops: number;
  dropped: number;
  /** The smallest loss that counted as a fall, and after how many epochs it was. */
  loss: number;
  fell: number;
}

/** Where a restart stands after an epoch: all that the rest of it depends on. */
export interface FitProgress {
  /** Epochs done. */
  epoch: number;
  /** Steps done. */
  steps: number;
  /** State of the random generator. */
  random: readonly number[];
  /** Parameters and Adam's moments. */
  state: Record<string, Float64Array>;
  best: { loss: number; epoch: number; values: Float64Array[] };
  /** Of a learning rate that goes by plateaus. */
  plateau?: Plateau;
  curves: Curves;
  /** Of a method that labels frames itself. */
  labelling?: LabellingProgress;
}

/** What a training that goes on later has to know of its labels. */
export interface LabellingProgress {
  /** One column for each state, `[frames, states]`. */
  states?: Reals;
  settled: boolean;
}

/** One restart at its end: values at the best epoch. */
export interface Fit {
  packings: ParameterPack[];
  values: Float64Array[];
  curves: Curves;
  bestEpoch: number;
  bestLoss: number;
  /** State of each frame, of a method that labels frames itself. */
  states?: Int32Array;
  /** It had its most epochs before its patience was at an end. */
  atMostEpochs?: boolean;
}

/**
 * Whether a restart that has reached this has epochs before it: fewer than the most are done, and the validation loss is not
 * without a better one (by plateaus: one that counts) for longer than the patience.
 */
export function goesOn(
  { epoch, best, plateau }: Pick<FitProgress, 'epoch' | 'best' | 'plateau'>,
  { epochs, patience }: Pick<Course, 'epochs' | 'patience'>,
): boolean {
  const since = plateau ? plateau.fell - 1 : best.epoch;
  return epoch < epochs && epoch - since <= patience;
}
