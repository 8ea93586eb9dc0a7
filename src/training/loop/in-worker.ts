import '../../support/no-telemetry.js';
import { Worker } from 'node:worker_threads';
import type { Dataset } from '../../frames/index.js';
import { LatentcvError, removeUnfinished, removeUnfinishedOf } from '../../support/index.js';
import type { FrameStore } from '../data/index.js';
import type { EpochReport } from './progress.js';
import type { CheckpointOptions } from './checkpoint.js';
import type { TrainOptions } from '../options.js';
import type { Scores } from '../outcome/index.js';
import type { TrainedEncoder } from '../train.js';
import type { JobName, WorkerJobs } from './worker-jobs.js';
import type { WorkerMessage, WorkerStart } from './worker.js';

export type { Scores } from '../outcome/index.js';

/** What is told while a worker trains, and how it is stopped. */
export interface WorkerHooks {
  onEpoch?: (report: EpochReport) => void;
  onWarning?: (message: string) => void;
  /** Stops between two steps, and at once before the first epoch; what was reached is kept where there is a checkpoint. */
  signal?: AbortSignal;
  checkpoint?: CheckpointOptions;
}

/**
 * Trains an encoder on a dataset `[frames, columns]` (COLVAR units: nm, rad, ps), in a thread of its own: the event
 * loop stays free. The same seed and data give the same encoder bit for bit.
 * @throws LatentcvError `bad-argument` or `bad-data` before the first epoch where settings and data do not fit,
 * `missing-tool` where the runtime is not here, `interrupted` after the signal.
 */
export function train(
  dataset: Dataset,
  options: TrainOptions = {},
  hooks: WorkerHooks = {},
): Promise<TrainedEncoder> {
  return inWorker('train', { dataset: travelling(dataset), options }, hooks);
}

/** `train` on frames that stay on disk; its CVs are those of the frames of `storeSample`. */
export function trainStream(
  store: FrameStore,
  options: TrainOptions = {},
  hooks: WorkerHooks = {},
): Promise<TrainedEncoder> {
  return inWorker('stream', { store, options }, hooks);
}

/** Trains once for each fold, which then validates. */
export function crossValidated(
  dataset: Dataset,
  options: TrainOptions,
  folds: number,
  hooks: WorkerHooks = {},
): Promise<Scores[]> {
  return inWorker('crossValidate', { dataset: travelling(dataset), options, folds }, hooks);
}

/** Scores of several settings, one list of folds for each. */
export function search(
  dataset: Dataset,
  trials: TrainOptions[],
  folds: number,
  hooks: WorkerHooks = {},
): Promise<Scores[][]> {
  return inWorker('search', { dataset: travelling(dataset), trials, folds }, hooks);
}

/** Only what belongs to a dataset, in memory that threads share, or in arrays of its own length: a view would take its whole buffer along. */
function travelling({ columns, frames, data, time, segments }: Dataset): Dataset {
  const own = (array: Float64Array): Float64Array =>
    array.buffer instanceof SharedArrayBuffer || array.byteLength === array.buffer.byteLength
      ? array
      : array.slice();
  return { columns, frames, data: own(data), time: own(time), segments };
}

const running = new Map<Worker, CheckpointOptions | undefined>();

/** What this process and its trainings were writing, half of it, goes: for a process that is about to be ended. */
export function removeHalfWritten(): void {
  removeUnfinished();
  for (const checkpoint of running.values()) if (checkpoint) removeUnfinishedOf(checkpoint.file);
}

function inWorker<Name extends JobName>(
  name: Name,
  args: WorkerJobs[Name]['args'],
  { onEpoch, onWarning, signal, checkpoint }: WorkerHooks,
): Promise<WorkerJobs[Name]['result']> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const start: WorkerStart = { name, args, stop, checkpoint };
  const abort = (): void => void Atomics.store(stop, 0, 1);
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: start });
  running.set(worker, checkpoint);
  worker.once('exit', () => running.delete(worker));
  let onAbort = abort;
  const outcome = new Promise<WorkerJobs[Name]['result']>((resolve, reject) => {
    let toKeep = false;
    onAbort = () => {
      abort();
      // what comes before the first step may take long, and the thread looks at the signal only then
      if (!toKeep) reject(new LatentcvError('interrupted', 'training was stopped before an epoch was done'));
    };
    const tell = (message: WorkerMessage): void => {
      toKeep ||= message.kind === 'epoch';
      if (message.kind === 'epoch') onEpoch?.(message.report);
      else if (message.kind === 'warning') onWarning?.(message.message);
      else if (message.kind === 'done') resolve(message.result);
      else if (message.kind === 'refused')
        reject(new LatentcvError(message.code, message.message, message.hint));
      else reject(failure(message.error));
    };
    worker.on('message', (message: WorkerMessage) => {
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
