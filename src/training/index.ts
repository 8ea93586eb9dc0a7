export { checkDescriptors, newModel } from './new-model.js';
export {
  crossValidated,
  removeHalfWritten,
  search,
  train,
  trainStream,
  type Scores,
  type WorkerHooks,
} from './in-worker.js';
export { closeStore, openFrames, openStore, type FrameSource, type FrameStore } from './frame-store.js';
export { selectStoreColumns } from './store-reader.js';
export { trainHere, type TrainedEncoder, type TrainHooks } from './train.js';
export { isOfEndedTraining, type CheckpointOptions } from './checkpoint.js';
export { mostModelBytes, type FutureModel } from './model-size.js';
export type { EpochReport, FitHooks } from './progress.js';
export { trainOptionNames, trainSettings, type TrainOptions, type TrainSettings } from './options.js';
export type { Curves, TrainingRecord } from './record.js';
export type { SlownessRecord } from './slowness-record.js';
export { splitRoles, type Roles } from './roles.js';
export { storeSample } from './stream.js';
export { otherColumns, type OtherColumn } from './other-columns.js';
export { optimizers, schedules } from './optimizer.js';
export { splitModes } from './samples.js';
