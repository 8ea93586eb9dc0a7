import '../support/no-telemetry.js';
import { Worker } from 'node:worker_threads';
import { expectDataset, type Dataset } from '../frames/index.js';
import type { MethodName } from '../models/index.js';
import {
  LatentcvError,
  removeUnfinished,
  removeUnfinishedOf,
  expectList,
  expectObject,
  expectWhole,
} from '../support/index.js';
import type { FrameStore, LearnableFrames } from './data/index.js';
import type { CheckpointOptions, EpochReport, TrainingHooks } from './hooks.js';
import type { TrainOptions } from './options.js';
import type { Scores, TrainedEncoder } from './outcome/index.js';

/** What the thread can be asked for: arguments and results that travel between threads. */
export interface Tasks {
  train: {
    args: { frames: Dataset | FrameStore | LearnableFrames; options: TrainOptions };
    result: TrainedEncoder;
  };
  crossValidate: {
    args: { dataset: Dataset; trials: readonly TrainOptions[]; folds: number };
    result: Scores[][];
  };
}
export type TaskName = keyof Tasks;

/** What the thread is started with. */
export type ThreadStart = {
  [Name in TaskName]: {
    name: Name;
    args: Tasks[Name]['args'];
    checkpoint?: CheckpointOptions;
    /** One number, not zero where the work shall stop: readable while the event loop is blocked. */
    stop: Int32Array<SharedArrayBuffer>;
  };
}[TaskName];

/** What the thread tells. */
export type ThreadMessage =
  | { kind: 'epoch'; report: EpochReport }
  | { kind: 'warning'; message: string }
  | { kind: 'done'; result: Tasks[TaskName]['result'] }
  | { kind: 'refused'; code: LatentcvError['code']; message: string; hint?: string }
  | { kind: 'failed'; error: unknown };

/**
 * Trains an encoder on frames `[frames, columns]` (COLVAR units: nm, rad, ps), in a thread of its own: the event loop
 * stays free. The same seed and data give the same encoder bit for bit. Of frames that stay on disk (`openFrames`), its
 * CVs are those of the frames of `storeSample`.
 * @throws LatentcvError `bad-argument` or `bad-data` before the first epoch where settings and data do not fit,
 * `missing-tool` where the runtime is not here, `interrupted` after the signal.
 */
export function train<Name extends MethodName>(
  frames: Dataset | FrameStore | LearnableFrames,
  options: TrainOptions<Name>,
  hooks?: TrainingHooks,
): Promise<TrainedEncoder>;
export function train(
  frames: Dataset | FrameStore | LearnableFrames,
  options?: TrainOptions,
  hooks?: TrainingHooks,
): Promise<TrainedEncoder>;
export function train(
  frames: Dataset | FrameStore | LearnableFrames,
  options: TrainOptions = {},
  hooks: TrainingHooks = {},
): Promise<TrainedEncoder> {
  expectObject(frames, 'frames', 'frames, as readTables or openFrames gives them,');
  if (!('folder' in frames || 'roles' in frames)) expectDataset(frames, 'frames');
  expectObject(options, 'options');
  expectObject(hooks, 'hooks');
  return inThread('train', { frames: travelling(frames), options }, hooks);
}

/**
 * Trains once for each fold, which then validates.
 * @throws LatentcvError as `train` does
 */
export async function crossValidated(
  dataset: Dataset,
  options: TrainOptions,
  folds: number,
  hooks: TrainingHooks = {},
): Promise<Scores[]> {
  return (await search(dataset, [options], folds, hooks))[0];
}

/**
 * Scores of several settings, one list of folds for each.
 * @throws LatentcvError as `train` does; what does not fit of any of the settings, before the first training
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function search(
  dataset: Dataset,
  trials: readonly TrainOptions[],
  folds: number,
  hooks: TrainingHooks = {},
): Promise<Scores[][]> {
  expectDataset(dataset);
  expectList(trials, 'trials');
  expectWhole(folds, 'folds', 1);
  expectObject(hooks, 'hooks');
  return inThread('crossValidate', { dataset: travellingTable(dataset), trials, folds }, hooks);
}

function travelling(frames: Dataset | FrameStore | LearnableFrames): Dataset | FrameStore | LearnableFrames {
  if ('folder' in frames) return frames;
  if (!('roles' in frames)) return travellingTable(frames);
  const { roles } = frames;
  const table = travellingTable(roles.table);
  const inputs = roles.inputs === roles.table ? table : travellingTable(roles.inputs);
  return { ...frames, roles: { ...roles, table, inputs } };
}

/** Only what belongs to a dataset, in memory that threads share, or in arrays of its own length: a view would take its whole buffer along. */
function travellingTable({ columns, frames, data, time, segments, rows }: Dataset): Dataset {
  const own = (array: Float64Array): Float64Array =>
    array.buffer instanceof SharedArrayBuffer || array.byteLength === array.buffer.byteLength
      ? array
      : array.slice();
  return { columns, frames, data: own(data), time: own(time), segments, ...(rows && { rows }) };
}

const running = new Map<Worker, CheckpointOptions | undefined>();

/** What this process and its trainings were writing, half of it, goes: for a process that is about to be ended. */
export function removeHalfWritten(): void {
  removeUnfinished();
  for (const checkpoint of running.values()) if (checkpoint) removeUnfinishedOf(checkpoint.file);
}

function inThread<Name extends TaskName>(
  name: Name,
  args: Tasks[Name]['args'],
  { onEpoch, onWarning, signal, checkpoint }: TrainingHooks,
): Promise<Tasks[Name]['result']> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const start = { name, args, stop, checkpoint };
  const abort = (): void => void Atomics.store(stop, 0, 1);
  // Node's words for a script of the command line (`--input-type`) are not for a file
  const execArgv = process.execArgv.filter((word) => word === '--enable-source-maps');
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: start, execArgv });
  running.set(worker, checkpoint);
  worker.once('exit', () => running.delete(worker));
  let onAbort = abort;
  const outcome = new Promise<Tasks[Name]['result']>((resolve, reject) => {
    let toKeep = false;
    onAbort = () => {
      abort();
      // what comes before the first step may take long, and the thread looks at the signal only then
      if (!toKeep) reject(new LatentcvError('interrupted', 'training was stopped before an epoch was done'));
    };
    const tell = (message: ThreadMessage): void => {
      toKeep ||= message.kind === 'epoch';
      if (message.kind === 'epoch') onEpoch?.(message.report);
      else if (message.kind === 'warning') onWarning?.(message.message);
      else if (message.kind === 'done') resolve(message.result);
      else if (message.kind === 'refused')
        reject(new LatentcvError(message.code, message.message, message.hint));
      else reject(failure(message.error));
    };
    worker.on('message', (message: ThreadMessage) => {
      try {
        tell(message);
      } catch (error) {
        // what the caller's own function throws belongs to the caller; a thread in ONNX Runtime cannot be ended by force
        reject(failure(error));
        abort();
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the training thread ended with ${code}`)));
  });
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort);
  return outcome.finally(() => signal?.removeEventListener('abort', onAbort));
}

function failure(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
