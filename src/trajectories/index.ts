/**
 * Trajectories of atoms → descriptors: structures, selections, what a definition of descriptors means, frames read in
 * batches. The reading itself and the descriptors' values are the native core's.
 */
export {
  definitionSchema,
  readDefinitionFile,
  automaticDefinition,
  type AutomaticChoice,
  parseDefinition,
  type Definition,
  type DefinitionStatement,
  expandDefinition,
  type ExpandedDefinition,
  type Expansion,
  type LeastDistances,
  renumbered,
} from './definitions/index.js';
export {
  atomNames,
  formatGro,
  formatPdb,
  readStructure,
  type FileReading,
  type FramePositions,
  Structure,
  superpose,
  moleculesOf,
  wholeMolecules,
} from './structure/index.js';
export {
  framePositions,
  type FramePlace,
  readTrajectoryBatches,
  trajectoryStream,
  readTrajectory,
  columnsOf,
  massMetric,
  type MassMetric,
  mostMetricPairs,
  systemColumns,
  trajectoryTimes,
  type TrajectoryReading,
  type TrajectorySystem,
} from './reading/index.js';
export { EmptySelection, selectAtoms } from './selection/index.js';
export {
  closedBehind,
  proposedAxis,
  readPose,
  type AxisProposal,
  type Pose,
  type PosePart,
} from './pose/index.js';
