import type { Dataset } from '../../frames/index.js';
import type { CheckpointOptions } from './checkpoint.js';
import type { EpochReport } from './progress.js';
import { type FrameStore, trainStreamHere } from '../data/index.js';
import type { TrainOptions } from '../options.js';
import { crossValidatedHere, searchHere, type Scores } from '../outcome/index.js';
import { trainHere, type TrainedEncoder } from '../train.js';

/** What a worker can be asked for: arguments and results that travel between threads. */
export interface WorkerJobs {
  train: { args: { dataset: Dataset; options: TrainOptions }; result: TrainedEncoder };
  stream: { args: { store: FrameStore; options: TrainOptions }; result: TrainedEncoder };
  crossValidate: { args: { dataset: Dataset; options: TrainOptions; folds: number }; result: Scores[] };
  search: { args: { dataset: Dataset; trials: TrainOptions[]; folds: number }; result: Scores[][] };
}
export type JobName = keyof WorkerJobs;

/** What a worker tells while it works. */
export interface JobHooks {
  onEpoch: (report: EpochReport) => void;
  onWarning: (message: string) => void;
  signal: { readonly aborted: boolean };
  checkpoint?: CheckpointOptions;
}

export const workerJobs: {
  [Name in JobName]: (args: WorkerJobs[Name]['args'], hooks: JobHooks) => Promise<WorkerJobs[Name]['result']>;
} = {
  train: ({ dataset, options }, hooks) => trainHere(dataset, options, hooks),
  stream: ({ store, options }, hooks) => trainStreamHere(store, options, hooks),
  crossValidate: ({ dataset, options, folds }, hooks) => crossValidatedHere(dataset, options, folds, hooks),
  search: ({ dataset, trials, folds }, hooks) => searchHere(dataset, trials, folds, hooks),
};
