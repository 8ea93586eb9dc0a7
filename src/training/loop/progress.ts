import type { ParameterPack } from './state.js';
import type { Course, Reals } from '../learnable.js';
import type { Curves } from '../learned.js';

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

/** Whether a restart that has reached this has epochs before it. */
export function goesOn(
  { epoch, best }: Pick<FitProgress, 'epoch' | 'best'>,
  { epochs, patience }: Pick<Course, 'epochs' | 'patience'>,
): boolean {
  return epoch < epochs && epoch - best.epoch <= patience;
}
