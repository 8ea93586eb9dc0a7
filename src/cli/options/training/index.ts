/**
 * The options that train and search take for a training, by the library's own schema. Those of a method are in its help.
 */
export {
  type TrainingOptions,
  architectureSettings,
  givenOptions,
  methodsHelp,
  readingOptions,
  trainingSettings,
  withoutPresets,
} from './training.js';
