/**
 * Options of commands, made of schemas: what an option is called, takes and means is said once, by `setting`, and becomes
 * commander's options, help, the tables of docs and a JSON schema. Words of the command line become values here.
 */
export { commandSchema } from './command-schema.js';
export {
  externalDataSettings,
  fileSetting,
  jsonSettings,
  optionalOutputSettings,
  outputSettings,
  withChoices,
} from './common.js';
export { withOptionTables } from './option-tables.js';
export {
  type SamplingOptions,
  campaignStates,
  discardSettings,
  questionOf,
  samplingSettings,
  stateSettings,
} from './sampling.js';
export {
  type Given,
  type SettingOption,
  type Settings,
  addRenamed,
  addSettings,
  settingOptions,
} from './setting-option.js';
export {
  type StructureRowOptions,
  compositionSettings,
  formulaSettings,
  optionalFormulaSettings,
  structureRowSettings,
} from './structures.js';
export { type FrameOptions, frameSettings, tableReading, tableSettings, timeRange } from './tables.js';
export {
  columnInterval,
  columnIntervals,
  integerRange,
  layerLists,
  periodicColumns,
  reads,
  readsEach,
} from './values.js';
export { Expected, finiteNumber } from './words.js';
