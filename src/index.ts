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
  type AxisDescriptor,
  type BoxDescriptor,
  type CentrePoint,
  type ContactDescriptor,
  type CoordinationDescriptor,
  type Descriptor,
  type DescriptorKind,
  type DescriptorOptions,
  type DescriptorSet,
  type DirectionDescriptor,
  type DistanceComponentDescriptor,
  type DistanceDescriptor,
  type FrameCentres,
  type GyrationDescriptor,
  type HydrogenBondsDescriptor,
  type InFrame,
  type InverseDistanceDescriptor,
  type LeastRmsdDescriptor,
  type Point,
  type PositionDescriptor,
  type RingDescriptor,
  type RmsdDescriptor,
  type SitePoint,
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
  type AutomaticChoice,
  type Definition,
  type ExpandedDefinition,
  type Expansion,
  type FileReading,
  type LeastDistances,
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
  type LengthUnit,
  type Positions,
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
  type CompiledGraph,
  type Device,
  type Program,
  type Stepper,
} from './runtimes/index.js';

// methods and their training
export {
  methodNames,
  methods,
  type Architecture,
  type CvMethod,
  type MethodName,
  type MethodOptions,
  type Batch,
  type Loss,
  type Method,
  type Needs,
  type ParameterSpec,
  type Parameters,
  type Relabelling,
  type TrainingTable,
  type DataShape,
  type Orientation,
} from './models/index.js';
export {
  closeStore,
  crossValidated,
  newModel,
  openFrames,
  search,
  splitRoles,
  train,
  trainSettings,
  type CheckpointOptions,
  type Curves,
  type Duration,
  type EpochReport,
  type Roles,
  type Scores,
  type SlownessRecord,
  type TrainedEncoder,
  type TrainingHooks,
  type TrainingRecord,
  type TrainOptions,
  type TrainSettings,
  type IdleColumn,
  type Properties,
  type Ranges,
  type LabelledStates,
  type StopSignal,
  type Block,
  type Side,
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
  type AddedProcess,
  type FoldOptions,
  type GradientSample,
  type GroupCounts,
  type JudgedOn,
  type OtherCv,
  type PassingBeside,
  type SplitBasin,
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
  type HeldOutAutocorrelation,
  type PairOptions,
  type Pairs,
  type ValueTable,
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
  type InputRanking,
  type TrainingStage,
} from './campaign/index.js';
export {
  composeReport,
  renderReport,
  type ReportData,
  type RunReport,
  type CommandBlock,
  type ComposedReport,
  type ConvergencePoint,
  type CvOnFrames,
  type LossCurves,
  type ModelCard,
  type ProfileFigure,
  type Quantity,
  type Result,
  type RunSeries,
  type SettingsGroup,
  type States,
  type TrainingRun,
  type Units,
  type Verdict,
  type ReferenceMark,
  type StateMark,
  type StatesData,
  type StatesLandscape,
} from './report/index.js';
export { readStates, readStateStructures, type StatesFile, type StateStructure } from './states/index.js';
export {
  runQuickstart,
  type QuickstartOptions,
  type QuickstartSummary,
  type QuickstartSettings,
  type QuickstartVoice,
} from './quickstart/index.js';
export type { Connections, Places, Residues } from './trajectories/structure/index.js';
export type {
  Checkpoint,
  CommandEngineOptions,
  EngineEnd,
  EngineNotes,
  EngineRun,
  GromacsEngineOptions,
  LammpsEngineOptions,
  LammpsScript,
  MdEngine,
  PesmdEngineOptions,
  StartOptions,
} from './programs/index.js';
export { commandEngine, gromacsEngine, lammpsEngine, pesmdEngine } from './programs/index.js';
export type { DefinitionStatement } from './trajectories/definitions/index.js';
export type { OnnxFile, Port } from './onnx/reading/index.js';
export type { Precision } from './onnx/proto/index.js';
export type { Times } from './frames/timeline/index.js';
export type { WeightScale } from './sampling/index.js';
export type { FrameStore, LearnableFrames, RoleSettings } from './training/data/index.js';
export type { TableReading } from './frames/tables/index.js';
export type { Rows } from './frames/writing/index.js';
export type { StepGraph } from './onnx/writing/index.js';
