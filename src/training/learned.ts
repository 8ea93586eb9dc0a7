import type { SlowDirections } from '../models/index.js';

/** Values by parameter name. */
export type StateArrays = ReadonlyMap<string, Float64Array>;

/** Losses by epoch; parts are those of the validation loss. */
export interface Curves {
  train: number[];
  validation: number[];
  parts: Record<string, number[]>;
}

/** Eigenfunctions of a method's generator in the span of its latent, slowest first. */
export interface Eigenfunctions extends SlowDirections {
  /** How many frames each rate, `eigenvalues` in 1/ps, rests on, as if all had the same part in it (Kish). */
  carriers: number[];
}

/** What a training has learned: the best epoch of its best restart. */
export interface Learned {
  parameters: StateArrays;
  /** Of all frames in memory, `[frames, width]`. */
  latent: Float64Array;
  /** Of a method with a generator. */
  eigenfunctions?: Eigenfunctions | undefined;
  curves: Curves;
  /** From 0, in the curves. */
  bestEpoch: number;
  bestLoss: number;
  /** Which of the restarts it is, from 0. */
  restart: number;
  /** State of each frame, of a method that labels frames itself. */
  states?: Int32Array;
  /** The most epochs ended it (or one of its restarts). */
  atMostEpochs: boolean;
}
