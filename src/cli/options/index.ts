export { type SamplingOptions, addSamplingOptions, questionOf } from './sampling-options.js';
export {
  type TableCommandOptions,
  type TimeRangeOptions,
  addTableOptions,
  addTimeRangeOptions,
  tableReading,
  timeRange,
} from './table-options.js';
export {
  type TrainingOptions,
  activationOption,
  addTrainingOptions,
  givenOptions,
  methodsHelp,
  readingOptions,
} from './training-options.js';
export {
  type TrajectoryOptions,
  addModelTrajectoryOptions,
  addTrajectoryOptions,
  areTrajectories,
  definitionOf,
  filesNamed,
  trajectoryReading,
} from './trajectory-options.js';
export {
  columnInterval,
  columnIntervals,
  integerRange,
  labels,
  layerLists,
  methodList,
  numberFromZero,
  positiveDuration,
  positiveDurations,
  positiveInteger,
  positiveIntegers,
  positiveNumber,
  positiveNumbers,
} from './values.js';
export {
  type UnitOptions,
  type WeighingOptions,
  addLengthUnit,
  addPlumedOption,
  addTimeUnit,
  unitsReading,
  weighingHelp,
} from './weighing-options.js';
