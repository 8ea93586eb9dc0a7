/**
 * From frames to a trained encoder and its model: columns told apart (`data`), learned from (`loop`), turned into CVs
 * (`outcome`), one after the other in a thread of its own. The three chambers do not know one another.
 */
export {
  closeStore,
  foldsOfGroups,
  learnableFrames,
  openFrames,
  openStore,
  otherColumns,
  otherRoles,
  selectStoreColumns,
  runsOfPairs,
  splitRoles,
  statesInWords,
  storeSample,
  withoutColumns,
  withoutInputs,
  type FrameSource,
  type FrameStore,
  type LearnableFrames,
  type OtherColumn,
} from './data/index.js';
export { optimizers, schedules, splitModes } from './choices.js';
export type { Duration } from './duration.js';
export type { CheckpointOptions, EpochReport, TrainingHooks, StopSignal } from './hooks.js';
export { labelColumns, labelRules } from './label-rules.js';
export type { Roles, LabelledStates, IdleColumn, Properties, Block, Side } from './learnable.js';
export type { Curves } from './learned.js';
export { validatingRows } from './validating-rows.js';
export { isOfEndedTraining } from './loop/index.js';
export { mostModelBytes } from './model-size.js';
export {
  trainOptionNames,
  trainOptionsSchema,
  trainSettings,
  type TrainOptions,
  type TrainSettings,
} from './options.js';
export {
  checkDescriptors,
  inverseMap,
  mapLatent,
  newModel,
  type Scores,
  type SlownessRecord,
  type TrainedEncoder,
  type TrainingRecord,
} from './outcome/index.js';
export { presetMembers } from './rows.js';
export { crossValidated, removeHalfWritten, search, train } from './thread.js';
export type { Ranges } from './ranges.js';
