import type { Seconds } from '../contestants/stopwatch.js';

/** What an engine is asked, and what it answers. */
export interface TrainProtocol {
  /** Losses of the first steps, from the first weights, in the first order. */
  curve: { ask: { steps: number }; answer: { losses: number[] } };
  /** Time of so many more steps. */
  steps: { ask: { steps: number }; answer: Seconds };
  /**
   * A training from the first weights; the time of each epoch after the first, with its validation, and the mean
   * training loss of the first.
   */
  epochs: { ask: { epochs: number }; answer: { epochs: Seconds[]; firstLoss: number } };
  memory: { ask: object; answer: { peakMegabytes: number } };
}
