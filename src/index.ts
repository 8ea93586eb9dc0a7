/**
 * latentcv: collective variables learned from simulation, usable in any PLUMED run. Here is what goes from frames to a model
 * file, to a run biased along it and to its report; `latentcv/free-energy`, `latentcv/plumed`, `latentcv/native` and
 * `latentcv/graph` have the rest. `docs/library.md` names the functions to begin with.
 *
 * @packageDocumentation
 */
export { LatentcvError, packageVersion, type ErrorCode } from './support/index.js';

// tables of frames
export {
  columnValues,
  readColumns,
  readTableBatches,
  readTables,
  tableLabels,
  writeTable,
  writeTables,
  type Column,
  type ColumnPattern,
  type Dataset,
  type FrameBatch,
  type FrameColumns,
  type PeriodicColumns,
  type RunSegment,
  type Segment,
  type TableDataset,
  type TableOptions,
  type TimeRange,
  type WrittenTable,
} from './frames/index.js';

// descriptors of atoms
export {
  alignedPositions,
  descriptorLabels,
  descriptorSet,
  descriptorUnits,
  distancesBetween,
  formatDescriptor,
  parseDescriptor,
  positionsOf,
  sortedDistances,
  type AlignedPositionDescriptor,
  type AlignmentReference,
  type AngleDescriptor,
  type BoxDescriptor,
  type ContactDescriptor,
  type CoordinationDescriptor,
  type Descriptor,
  type DescriptorKind,
  type DescriptorOptions,
  type DescriptorSet,
  type DistanceComponentDescriptor,
  type DistanceDescriptor,
  type InverseDistanceDescriptor,
  type PositionDescriptor,
  type SortedDistanceDescriptor,
  type SwitchingFunction,
  type TorsionDescriptor,
} from './descriptors/index.js';

// trajectories → descriptors
export {
  automaticDefinition,
  expandDefinition,
  parseDefinition,
  readDefinitionFile,
  readStructure,
  readTrajectory,
  readTrajectoryBatches,
  selectAtoms,
  Structure,
  type Definition,
  type ExpandedDefinition,
  type Expansion,
  type FileReading,
  type TrajectoryReading,
  type TrajectorySystem,
} from './trajectories/index.js';

// the model file, and networks from elsewhere
export {
  ensembleGraph,
  loadModel,
  readModelFile,
  saveModel,
  writeModelFile,
  type CheckVectors,
  type EncoderGraph,
  type Ensemble,
  type ModelFile,
  type ModelGraph,
  type ModelInput,
  type ModelMetadata,
  type ModelOutput,
  type NewModel,
  type NewModelMetadata,
  type Uncertainty,
} from './onnx/index.js';
export {
  differentiateModel,
  readForeignModel,
  type Differentiated,
  type ForeignDescription,
  type ForeignModel,
  type ForeignReading,
} from './onnx/foreign/index.js';
export {
  chooseRuntime,
  createOnnxRuntime,
  createTfjsRuntime,
  type ChosenRuntime,
  type OnnxRuntimeOptions,
  type Runtime,
  type RuntimeRequest,
  type TfjsOptions,
} from './runtimes/index.js';

// methods and their training
export {
  methodNames,
  methods,
  type Architecture,
  type CvMethod,
  type MethodName,
  type MethodOptions,
} from './models/index.js';
export {
  crossValidated,
  newModel,
  search,
  splitRoles,
  train,
  trainSettings,
  type CheckpointOptions,
  type Curves,
  type EpochReport,
  type Roles,
  type Scores,
  type SlownessRecord,
  type TrainedEncoder,
  type TrainingHooks,
  type TrainingRecord,
  type TrainOptions,
  type TrainSettings,
} from './training/index.js';

// what frames say of a CV
export {
  cvQuality,
  cvVerdict,
  diagnose,
  heldOutScores,
  modelValues,
  reconstruction,
  stateSeparation,
  type CvDistribution,
  type CvQuality,
  type CvQualityQuestion,
  type CvVerdict,
  type DiagnoseOptions,
  type Diagnostics,
  type HeldOutScore,
  type HeldOutScores,
  type ModelValues,
  type Reconstruction,
  type StateSeparation,
  type VerdictContext,
} from './diagnostics/index.js';
export {
  cvBasins,
  cvSlowness,
  impliedTimescales,
  type CvBarrier,
  type CvBasin,
  type CvBasins,
  type CvSlowness,
  type SlownessQuestion,
  type TimescaleEstimate,
  type TimescalesAtLag,
} from './kinetics/index.js';

// the whole way
export {
  biasedRun,
  describeSystem,
  ensembleModel,
  predict,
  trainFromTables,
  trainFromTrajectory,
  type BiasedRunOptions,
  type BiasedRunResult,
  type DescribedSystem,
  type TrainedModel,
  type TrainFromTables,
  type TrainFromTrajectory,
} from './campaign/index.js';
export { composeReport, renderReport, type ReportData, type RunReport } from './report/index.js';
export { runQuickstart, type QuickstartOptions, type QuickstartSummary } from './quickstart/index.js';
export type { GromacsEngine, MdEngine, PesmdEngine } from './programs/index.js';
