import type { Seconds } from '../contestants/stopwatch.js';

/** Methods whose loss has the gradient of the network by its inputs in it. */
export const slopeMethods = ['committor', 'generator'] as const;
export type SlopeMethod = (typeof slopeMethods)[number];

/** What an engine is asked, and what it answers. */
export interface TrainProtocol {
  /** Losses of the first steps, from the first weights, in the first order. */
  curve: { ask: { steps: number }; answer: { losses: number[] } };
  /** Time of so many more steps. */
  steps: { ask: { steps: number }; answer: Seconds };
  /** Of ours with ONNX Runtime: time of the products of matrices alone that so many steps have. */
  arithmetic: { ask: { steps: number }; answer: Seconds };
  /**
   * A training from the first weights; the time of each epoch after the first, with its validation, and the mean
   * training loss of the first.
   */
  epochs: { ask: { epochs: number }; answer: { epochs: Seconds[]; firstLoss: number } };
  /** A training of another loss with the encoder alone: the time of each epoch after the first, with its validation. */
  slopes: { ask: { method: SlopeMethod; epochs: number }; answer: { epochs: Seconds[] } };
  /** Of mlcolvar: a whole training, and the smallest validation loss it came to. */
  whole: { ask: WholeTraining; answer: Reached };
  /** Of ours: a training by our defaults until its validation loss is at most this. */
  until: { ask: { seed: number; loss: number }; answer: Reached };
  memory: { ask: object; answer: { peakMegabytes: number } };
}

/** Frames in a step, 0 for all of them; and the epochs, or how long the training goes on without a gain. */
export interface WholeTraining {
  seed: number;
  batch: number;
  epochs: number;
  patience?: number;
}

export interface Reached {
  loss: number;
  epochs: number;
  seconds: Seconds;
}
