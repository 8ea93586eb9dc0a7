/**
 * latentcv: collective variables learned from simulation, usable in any PLUMED run. The same rooms as the
 * command line stands on; `docs/architecture.md` shows the way through them.
 */
export { LatentcvError, type ErrorCode, packageVersion } from './support/index.js';
export * from './frames/index.js';
export * from './descriptors/index.js';
export {
  automaticDefinition,
  expandDefinition,
  parseDefinition,
  readDefinitionFile,
  readStructure,
  readTrajectory,
  readTrajectoryBatches,
  type Definition,
  type ExpandedDefinition,
  type TrajectoryReading,
  type TrajectorySystem,
} from './trajectories/index.js';
export * as graph from './graph/index.js';
export {
  loadModel,
  readModelFile,
  saveModel,
  writeModelFile,
  type ModelFile,
  type ModelMetadata,
  type NewModel,
} from './onnx/index.js';
export * as native from './native/index.js';
export { createOnnxRuntime, type Runtime } from './runtimes/index.js';
export { methodNames, methods, type Architecture, type CvMethod, type MethodName } from './models/index.js';
export * from './sampling/index.js';
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
export * from './training/index.js';
export * from './plumed/index.js';
export * from './free-energy/index.js';
export * from './diagnostics/index.js';
export {
  biasedRun,
  describeSystem,
  predict,
  trainFromTables,
  trainFromTrajectory,
  type BiasedRunOptions,
  type BiasedRunResult,
  type TrainedModel,
  type TrainFromTables,
  type TrainFromTrajectory,
} from './campaign/index.js';
export { composeReport, renderReport, type ReportData, type RunReport } from './report/index.js';
export { runQuickstart, type QuickstartOptions, type QuickstartSummary } from './quickstart/index.js';
