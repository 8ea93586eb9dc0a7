export { checkDescriptors, newModel } from './new-model.js';
export { crossValidated, search, train, trainStream, type Scores, type WorkerHooks } from './in-worker.js';
export {
  openFrames,
  openStore,
  selectStoreColumns,
  type FrameSource,
  type FrameStore,
} from './frame-store.js';
export { trainHere, type TrainedEncoder, type TrainHooks } from './train.js';
export type { CheckpointOptions } from './checkpoint.js';
export type { EpochReport, FitHooks } from './progress.js';
export { trainOptionNames, trainSettings, type TrainOptions, type TrainSettings } from './options.js';
export type { Curves, TrainingRecord } from './record.js';
export { splitRoles, type Roles } from './roles.js';
export { storeSample } from './stream.js';
export { optimizers, schedules } from './optimizer.js';
export { splitModes } from './samples.js';
