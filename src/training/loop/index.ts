export type { BatchShape, Reals, Tables } from './batch.js';
export { type CheckpointOptions, Saver, isOfEndedTraining } from './checkpoint.js';
export { type Course, courseOf } from './course.js';
export { goesOn } from './epochs.js';
export { fit } from './fit.js';
export { type TrainingFrames, framesOf, trainingIdentity } from './identity.js';
export {
  type Scores,
  type WorkerHooks,
  crossValidated,
  removeHalfWritten,
  search,
  train,
  trainStream,
} from './in-worker.js';
export { optimizers, schedules } from './optimizer.js';
export type { EpochReport, Fit, FitHooks, FitProgress } from './progress.js';
export { solved } from './solve.js';
export { type StateArrays, unpackArrays } from './state.js';
export { appliedGraph, names } from './step.js';
export { stillFalling, stillFallingWarning } from './still-falling.js';
