import type { TrainSettings } from './options.js';

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
  /** Autocorrelation of each CV at the lag, before it was spread. */
  eigenvalues?: number[];
  /**
   * Implied time scale of each CV in ps, null where no decay was seen at the lag; with reweighted time, that of the
   * unbiased system.
   */
  timescales?: (number | null)[];
  /** Part of the frames in each state, of a method that labels frames itself. */
  statePopulations?: number[];
}
