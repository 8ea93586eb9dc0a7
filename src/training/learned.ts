/** Values by parameter name. */
export type StateArrays = ReadonlyMap<string, Float64Array>;

/** Losses by epoch; parts are those of the validation loss. */
export interface Curves {
  train: number[];
  validation: number[];
  parts: Record<string, number[]>;
}

/** What a training has learned: the best epoch of its best restart. */
export interface Learned {
  parameters: StateArrays;
  /** Of all frames in memory, `[frames, width]`. */
  latent: Float64Array;
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
