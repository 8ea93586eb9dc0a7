import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { LatentcvError, packageVersion, writeWholeSync } from '../../support/index.js';
import { otherTraining, type TrainingIdentity } from './identity.js';
import type { Fit, FitProgress } from './progress.js';
import type { Course } from '../learnable.js';
import type { TrainSettings } from '../options.js';

/** What one restart has reached. */
export interface Reached {
  progress: FitProgress;
  /** Where it ended, by its most epochs or its patience: more of either go on from `progress`. */
  fit?: Fit;
}

/** Which training a checkpoint is of. */
export interface CheckpointOf {
  settings: TrainSettings;
  identity: TrainingIdentity;
  course: Pick<Course, 'epochs' | 'patience'>;
}

/** What a training has reached: its restarts up to now, by their number. */
export interface Checkpoint extends CheckpointOf {
  restarts: Reached[];
}

/** Version of what a checkpoint holds: another one is not gone on from. */
const checkpointFormat = 1;

/** What a file holds, by whichever version; the number of its format is left out in those written before it had one. */
type Found = Partial<Checkpoint> & { format?: number };

const digestBytes = 32;

/**
 * Writes beside and renames, so that the file is always whole: the last good one stays where the process is killed or
 * the disk is full (then it throws).
 */
export function writeCheckpoint(file: string, checkpoint: Checkpoint): void {
  const body = serialize({ format: checkpointFormat, ...checkpoint });
  writeWholeSync(file, body, createHash('sha256').update(body).digest());
}

/**
 * The checkpoint of a file, or undefined where there is none yet.
 * @throws LatentcvError `bad-data` where it is damaged, `bad-argument` where it is of another training: other data,
 * settings or version; it may have had fewer epochs and less patience.
 */
export function readCheckpoint(file: string, of: CheckpointOf): Checkpoint | undefined {
  if (!existsSync(file)) return undefined;
  const found = wholeCheckpoint(file);
  const other = otherFormat(found) ?? otherSettings(found, of) ?? otherTraining(found.identity!, of.identity);
  if (other === undefined) return found as Checkpoint;
  throw new LatentcvError(
    'bad-argument',
    `the checkpoint ${file} is of ${other}`,
    'resume with the same files, settings and version of latentcv, or train without ‘resume’',
  );
}

/** Whether a file holds a training that has ended, kept to go on with more epochs; false where it cannot be read. */
export function isOfEndedTraining(file: string): boolean {
  try {
    const found = wholeCheckpoint(file);
    const { restarts, settings } = found;
    return (
      otherFormat(found) === undefined &&
      restarts !== undefined &&
      restarts.filter(({ fit }) => fit).length === settings?.restarts
    );
  } catch {
    return false;
  }
}

function wholeCheckpoint(file: string): Found {
  const bytes = readFileSync(file);
  const body = bytes.subarray(0, Math.max(0, bytes.length - digestBytes));
  if (!createHash('sha256').update(body).digest().equals(bytes.subarray(body.length)))
    throw unreadable(`the checkpoint ${file} is damaged`);
  try {
    return deserialize(body) as Found;
  } catch {
    throw unreadable(
      `expected a checkpoint that Node ${process.versions.node} reads but ${file} was written by a newer one`,
    );
  }
}

const unreadable = (message: string): LatentcvError =>
  new LatentcvError('bad-data', message, 'remove it and train from the start');

/** In words, which version's checkpoint this is, where this one does not go on from it. */
function otherFormat({ format = checkpointFormat, identity }: Found): string | undefined {
  if (identity === undefined) return 'an earlier version of latentcv';
  if (format === checkpointFormat) return undefined;
  return `latentcv ${identity.version} in format ${format}, and this is ${packageVersion()} with format ${checkpointFormat}`;
}

/** Settings that may grow when a training goes on. */
const mayGrow: ReadonlySet<keyof TrainSettings> = new Set(['epochs', 'patience']);

function otherSettings(
  { settings: before, course, restarts }: Partial<Checkpoint>,
  { settings: now, course: goal }: CheckpointOf,
): string | undefined {
  const name = (Object.keys(now) as (keyof TrainSettings)[]).find(
    (key) => !mayGrow.has(key) && JSON.stringify(before![key]) !== JSON.stringify(now[key]),
  );
  if (name !== undefined)
    return `a training with ${name} ${JSON.stringify(before![name])}, not ${JSON.stringify(now[name])}`;
  const done = Math.max(0, ...restarts!.map(({ progress }) => progress.epoch));
  if (goal.epochs < done) return `a training of ${done} epochs, not of ${goal.epochs}`;
  if (goal.patience < course!.patience)
    return `a training with patience ${course!.patience}, not ${goal.patience}`;
  return undefined;
}
