import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { LatentcvError } from '../support/errors.js';
import type { Fit, FitProgress } from './progress.js';
import type { TrainSettings } from './options.js';

export interface CheckpointOptions {
  file: string;
  /** Goes on from the file, where there is one. */
  resume?: boolean;
  /** Seconds between two writings; 5 where left out. */
  everySeconds?: number;
}

/** What a training has reached: the finished restarts and the one under way. */
export interface Checkpoint {
  settings: TrainSettings;
  /** SHA-256 of the data. */
  fingerprint: string;
  fits: Fit[];
  progress?: FitProgress;
}

const digestBytes = 32;

/** Where a checkpoint is written before it takes its place. */
export const partOf = (file: string): string => `${file}.part`;

/**
 * Writes beside and renames, so that the file is always whole: the last good one stays where the process is killed or
 * the disk is full (then it throws).
 */
export function writeCheckpoint(file: string, checkpoint: Checkpoint): void {
  const body = serialize(checkpoint);
  const digest = createHash('sha256').update(body).digest();
  const beside = partOf(file);
  try {
    const handle = openSync(beside, 'w');
    try {
      for (const bytes of [body, digest]) writeFully(handle, bytes);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function writeFully(handle: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(handle, bytes, done);
}

/**
 * The checkpoint of a file, or undefined where there is none yet.
 * @throws LatentcvError `bad-data` where it is damaged, `bad-argument` where it is of other data or settings.
 */
export function readCheckpoint(
  file: string,
  { settings, fingerprint }: Pick<Checkpoint, 'settings' | 'fingerprint'>,
): Checkpoint | undefined {
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const body = bytes.subarray(0, Math.max(0, bytes.length - digestBytes));
  if (!createHash('sha256').update(body).digest().equals(bytes.subarray(body.length))) {
    throw new LatentcvError(
      'bad-data',
      `the checkpoint ${file} is damaged`,
      'remove it and train from the start',
    );
  }
  const checkpoint = deserialize(body) as Checkpoint;
  const other = differing(checkpoint.settings, settings);
  if (other ?? checkpoint.fingerprint !== fingerprint) {
    throw new LatentcvError(
      'bad-argument',
      `the checkpoint ${file} is of ${other ?? 'other data'}`,
      'resume with the same files and settings, or train without --resume',
    );
  }
  return checkpoint;
}

function differing(before: TrainSettings, now: TrainSettings): string | undefined {
  const name = (Object.keys(now) as (keyof TrainSettings)[]).find(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]),
  );
  if (name === undefined) return undefined;
  return `a training with ${name} ${JSON.stringify(before[name])}, not ${JSON.stringify(now[name])}`;
}

/** Keeps what a training reaches, every few seconds and when it is stopped. */
export class Saver {
  private readonly fits: Fit[];
  private last = performance.now();
  private unsaved: FitProgress | undefined;
  /** Where the restart under way goes on from. */
  from: FitProgress | undefined;

  constructor(
    private readonly of: Pick<Checkpoint, 'settings' | 'fingerprint'>,
    private readonly options: CheckpointOptions | undefined,
    private readonly onWarning: (message: string) => void = () => undefined,
  ) {
    const found = options?.resume ? readCheckpoint(options.file, of) : undefined;
    this.fits = found?.fits ?? [];
    this.from = found?.progress;
    this.unsaved = this.from;
  }

  /** Restarts that were finished. */
  get finished(): readonly Fit[] {
    return this.fits;
  }

  reached(progress: FitProgress): void {
    this.unsaved = progress;
    this.saveInTime();
  }

  finish(fit: Fit): void {
    this.fits.push(fit);
    this.from = undefined;
    this.unsaved = undefined;
    this.saveInTime();
  }

  private saveInTime(): void {
    const { everySeconds = 5 } = this.options ?? {};
    if ((performance.now() - this.last) / 1000 >= everySeconds) this.save();
  }

  /** Writes what was reached since the last writing; a disk that is full costs the checkpoint, not the training. */
  save(): void {
    if (!this.options) return;
    this.last = performance.now();
    try {
      const progress = this.unsaved;
      writeCheckpoint(this.options.file, { ...this.of, fits: this.fits, ...(progress && { progress }) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.onWarning(`no checkpoint was written, the last one stays: ${reason}`);
    }
  }
}
