export {
  checkDescriptors,
  newModel,
  mostModelBytes,
  type FutureModel,
  type Curves,
  type TrainingRecord,
  type SlownessRecord,
} from './outcome/index.js';
export {
  crossValidated,
  removeHalfWritten,
  search,
  train,
  trainStream,
  type Scores,
  type WorkerHooks,
  isOfEndedTraining,
  type CheckpointOptions,
  type EpochReport,
  type FitHooks,
  optimizers,
  schedules,
} from './loop/index.js';
export {
  closeStore,
  openFrames,
  openStore,
  type FrameSource,
  type FrameStore,
  selectStoreColumns,
  splitRoles,
  type Roles,
  labelColumns,
  labelRules,
  statesInWords,
  storeSample,
  otherColumns,
  type OtherColumn,
  splitModes,
} from './data/index.js';
export { trainHere, type TrainedEncoder, type TrainHooks } from './train.js';
export { trainOptionNames, trainSettings, type TrainOptions, type TrainSettings } from './options.js';
