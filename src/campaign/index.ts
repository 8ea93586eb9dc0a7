/**
 * Several rooms in a row: tables or trajectories to a model file, and runs along a bias that go on where they stopped. A
 * run's folder remembers which run it holds and how its frames were made.
 */
export { biasedRun, inParallel, type BiasedRunOptions, type BiasedRunResult } from './runs/index.js';
export {
  tableSource,
  trainFromTables,
  type TablesToLearn,
  type TrainFromTables,
} from './train-from-tables.js';
export {
  percentileColumn,
  predictedRows,
  type Comparison,
  type PredictedRows,
} from './property-rows/index.js';
export { tableRows, type TableRows } from './table-rows.js';
export {
  columnsOfCompositions,
  compositionSource,
  expectComputed,
  featureLines,
  parseFeatures,
  tableCompositions,
  textOf,
  withCompositions,
  type CompositionColumns,
  type FeaturesOfCompositions,
  type FeaturesOfStructures,
  structureColumns,
  structureDataset,
  structureSource,
  type RowFeatures,
  type StructureRows,
} from './structures/index.js';
export { describeSystem, type DescribedSystem } from './describe-system.js';
export {
  trainFromTrajectory,
  trajectorySource,
  type TablesOfRuns,
  type TrainFromTrajectory,
  type TrajectoriesToLearn,
} from './train-from-trajectory.js';
export { learnedFrames, trainFrom, type SourceFor } from './training-source.js';
export type { TrainedModel, TrainingStage } from './train-model.js';
export type { InputRanking } from './rank-inputs.js';
export { joinedStream } from './joined-stream.js';
export {
  checkModelInputs,
  gradientLabels,
  modelPeriods,
  predict,
  readModelFrames,
  type ModelFrames,
  type PredictOptions,
} from './prediction/index.js';
export { plumedDescriptors } from './plumed-descriptors.js';
export { ensembleModel } from './ensemble-model.js';
export {
  discardedOfWindows,
  groupRuns,
  needOneAnother,
  weightColumn,
  weighWindows,
  type RunGroups,
  type WeighedWindows,
  type WindowPart,
  type WindowRun,
  type WindowsAnalysis,
  type WindowsRequest,
} from './sampled-windows/index.js';
export { startFrames, writeWindows, type StartFrame, type WindowsRecord } from './windows/index.js';
export { confinePose, type ConfinedPose, type ConfinementWish, type Limit } from './confinement/index.js';
export {
  judgesOf,
  pilotResult,
  pooledFrames,
  ranked,
  type CrossingRate,
  type Judge,
  type LabelledCores,
  type PilotResult,
} from './pilots/index.js';
export {
  budgetUnit,
  Journal,
  TaskFiles,
  Waiting,
  campaignSchema,
  engineInputs,
  expectInputs,
  expectNoJobs,
  explorationLength,
  explorationsOf,
  jobsTold,
  jobsUnderWay,
  lengthInWords,
  localScheduler,
  parsePlan,
  pilotLength,
  runCampaign,
  slurmScheduler,
  taskNamed,
  wantedCvs,
  type EngineInputs,
  readCampaign,
  recordFile,
  type CampaignDeltaF,
  type CampaignPlan,
  type CampaignRecord,
  type CandidateRecord,
  type Criterion,
  type ExplorationRecord,
  type FurtherOptions,
  type Question,
  type RoundDeltaF,
  type RoundRecord,
  type StepRecord,
  type TaskRecord,
} from './rounds/index.js';
