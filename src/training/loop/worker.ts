import { parentPort, workerData } from 'node:worker_threads';
import { LatentcvError } from '../../support/index.js';
import type { CheckpointOptions } from './checkpoint.js';
import type { EpochReport } from './progress.js';
import { workerJobs, type JobHooks, type JobName, type WorkerJobs } from './worker-jobs.js';

/** What the thread is started with. */
export interface WorkerStart {
  name: JobName;
  args: WorkerJobs[JobName]['args'];
  checkpoint?: CheckpointOptions;
  /** One number, not zero where the work shall stop: readable while the event loop is blocked. */
  stop: Int32Array<SharedArrayBuffer>;
}

export type WorkerMessage =
  | { kind: 'epoch'; report: EpochReport }
  | { kind: 'warning'; message: string }
  | { kind: 'done'; result: WorkerJobs[JobName]['result'] }
  | { kind: 'refused'; code: LatentcvError['code']; message: string; hint?: string }
  | { kind: 'failed'; error: unknown };

const { name, args, checkpoint, stop } = workerData as WorkerStart;
const post = (message: WorkerMessage): void => parentPort!.postMessage(message);

const hooks: JobHooks = {
  onEpoch: (report) => post({ kind: 'epoch', report }),
  onWarning: (message) => post({ kind: 'warning', message }),
  signal: {
    get aborted() {
      return Atomics.load(stop, 0) !== 0;
    },
  },
  checkpoint,
};

try {
  const run = workerJobs[name] as (
    given: typeof args,
    hooks: JobHooks,
  ) => Promise<WorkerJobs[JobName]['result']>;
  post({ kind: 'done', result: await run(args, hooks) });
} catch (error) {
  if (error instanceof LatentcvError) {
    const { code, message, hint } = error;
    post({ kind: 'refused', code, message, hint });
  } else post({ kind: 'failed', error });
}
