import { parentPort, workerData } from 'node:worker_threads';
import { LatentcvError } from '../support/index.js';
import { crossValidate } from './cross-validate.js';
import type { StopSignal, TrainingHooks } from './hooks.js';
import type { ThreadMessage, ThreadStart } from './thread.js';
import { trainEncoder } from './train.js';

const start = workerData as ThreadStart;
const post = (message: ThreadMessage): void => parentPort!.postMessage(message);

const hooks: TrainingHooks<StopSignal> = {
  onEpoch: (report) => post({ kind: 'epoch', report }),
  onWarning: (message) => post({ kind: 'warning', message }),
  signal: {
    get aborted() {
      return Atomics.load(start.stop, 0) !== 0;
    },
  },
  checkpoint: start.checkpoint,
};

try {
  const result =
    start.name === 'train'
      ? await trainEncoder(start.args.frames, start.args.options, hooks)
      : await crossValidate(start.args.dataset, start.args, hooks);
  post({ kind: 'done', result });
} catch (error) {
  if (error instanceof LatentcvError) {
    const { code, message, hint } = error;
    post({ kind: 'refused', code, message, hint });
  } else post({ kind: 'failed', error });
}
