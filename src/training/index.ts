export { checkDescriptors, newModel } from './new-model.js';
export { train, type TrainedEncoder } from './train.js';
export type { EpochReport, FitHooks } from './fit.js';
export { trainSettings, type TrainOptions, type TrainSettings } from './options.js';
export type { Curves, TrainingRecord } from './record.js';
export { splitRoles, type Roles } from './roles.js';
