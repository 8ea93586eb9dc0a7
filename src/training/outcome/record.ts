import type { TrainSettings } from '../options.js';
import type { SlownessRecord } from './slowness-record.js';

/** Losses by epoch; parts are those of the validation loss. */
export interface Curves {
  train: number[];
  validation: number[];
  parts: Record<string, number[]>;
}

/** What the model file says of its training, as JSON under `latentcv.training`. */
export interface TrainingRecord {
  /** With those that went by the number of frames. */
  settings: TrainSettings;
  /** Why this method was taken. */
  reason: string;
  /** What it was trained with, and why. */
  engine: string;
  sources: string[];
  frames: number;
  /** SHA-256 of labels and values. */
  fingerprint: string;
  lagFrames: number;
  trainingPairs: number;
  validationPairs: number;
  batch: number;
  /** Steps of an epoch. */
  stepsPerEpoch: number;
  curves: Curves;
  /** From 0, in the curves. */
  bestEpoch: number;
  /** Which of the restarts was kept, from 0. */
  restart: number;
  /** 1 − reconstruction error / variance, over the validation frames. */
  fractionOfVarianceExplained?: number;
  /** How slow the CVs are, as they are written; absent where frames are not evenly spaced. */
  slowness?: SlownessRecord;
  /** What `eigenvalues` and `timescales` are of, in words. */
  eigenvaluesOf?: string;
  /** Autocorrelation at the lag of each direction of the latent, before it became a CV by its spread. */
  eigenvalues?: number[];
  /**
   * Implied time scale in ps that follows, null where no decay was seen at the lag; with reweighted time, that of the
   * unbiased system.
   */
  timescales?: (number | null)[];
  /** Part of the frames in each state, of a method that labels frames itself. */
  statePopulations?: number[];
}
