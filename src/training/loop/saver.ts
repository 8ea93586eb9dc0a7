import { readCheckpoint, writeCheckpoint, type CheckpointOf, type Reached } from './checkpoint.js';
import { trainingIdentity } from './identity.js';
import { goesOn, type Fit, type FitProgress } from './progress.js';
import type { CheckpointOptions, StopSignal, TrainingHooks } from '../hooks.js';
import type { Prepared } from '../prepared.js';

/** Keeps what a training reaches, every few seconds and when it is stopped. */
export class Saver {
  private readonly restarts: Reached[];
  /** The epochs and the patience that the training was to have when it was last kept. */
  readonly courseBefore: CheckpointOf['course'] | undefined;
  private last = performance.now();
  private saved = true;
  private told: string | undefined;

  private constructor(
    private readonly of: CheckpointOf,
    private readonly options: CheckpointOptions,
    private readonly onWarning: (message: string) => void = () => undefined,
  ) {
    const found = options.resume ? readCheckpoint(options.file, of) : undefined;
    this.restarts = found?.restarts ?? [];
    this.courseBefore = found?.course;
  }

  /**
   * Undefined where a training is kept nowhere.
   * @throws LatentcvError `bad-argument` where it is to go on from a checkpoint of another one, `bad-data` from a damaged one
   */
  static of(prepared: Prepared, { checkpoint, onWarning }: TrainingHooks<StopSignal>): Saver | undefined {
    if (!checkpoint) return undefined;
    const { settings, course } = prepared;
    const identity = trainingIdentity(prepared.all(), prepared);
    return new Saver({ settings, identity, course }, checkpoint, onWarning);
  }

  /** Where a restart goes on from; undefined where it has to begin. */
  progress(restart: number): FitProgress | undefined {
    return this.restarts.at(restart)?.progress;
  }

  /** A restart that has ended and has no more epochs before it now. */
  ended(restart: number): Fit | undefined {
    const found = this.restarts.at(restart);
    return found?.fit && (this.settled || !goesOn(found.progress, this.of.course)) ? found.fit : undefined;
  }

  /** Whether what had ended stays as it is, however many epochs there are. */
  get settled(): boolean {
    return this.options.resume === 'as-it-was';
  }

  /** Whether the last writing of a checkpoint failed. */
  get failed(): boolean {
    return this.told !== undefined;
  }

  reached(restart: number, progress: FitProgress): void {
    this.restarts[restart] = { progress };
    this.saveInTime();
  }

  finish(restart: number, fit: Fit): void {
    this.restarts[restart] = { ...this.restarts[restart], fit };
    this.saveInTime();
  }

  private saveInTime(): void {
    this.saved = false;
    const { everySeconds = 5 } = this.options;
    if ((performance.now() - this.last) / 1000 >= everySeconds) this.save();
  }

  /** Writes what was reached since the last writing; a disk that is full costs the checkpoint, not the training. */
  save(): void {
    if (this.saved) return;
    this.last = performance.now();
    try {
      writeCheckpoint(this.options.file, { ...this.of, restarts: this.restarts });
      this.saved = true;
      this.told = undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== this.told) this.onWarning(`no checkpoint was written, the last one stays: ${reason}`);
      this.told = reason;
    }
  }
}
