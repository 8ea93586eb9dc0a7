/** Something that can be asked whether to stop; an `AbortSignal` is one. */
export interface StopSignal {
  readonly aborted: boolean;
}

/** What is told while a training runs, how it is stopped, and where it is kept. */
export interface TrainingHooks<Signal extends StopSignal = AbortSignal> {
  onEpoch?: (report: EpochReport) => void;
  /** Told of everything unusual that does not stop the training. */
  onWarning?: (message: string) => void;
  /**
   * Stops between two steps (looked at after every few hundred), and at once before the first epoch; what was reached is
   * kept where there is a checkpoint.
   */
  signal?: Signal;
  checkpoint?: CheckpointOptions;
}

/** What is told after every epoch. */
export interface EpochReport {
  /** From 1. */
  epoch: number;
  epochs: number;
  restart: number;
  restarts: number;
  train: number;
  validation: number;
  /** Best validation loss so far in this restart. */
  best: number;
  /** Training frames (pairs) a second. */
  rate: number;
  /** Seconds left if no restart stops early. */
  secondsLeft: number;
}

export interface CheckpointOptions {
  file: string;
  /** Goes on from the file, where there is one; `as-it-was`: with no more epochs than it was to have. */
  resume?: boolean | 'as-it-was';
  /** Seconds between two writings; 5 where left out. */
  everySeconds?: number;
}
