export {
  definitionSchema,
  readDefinitionFile,
  automaticDefinition,
  parseDefinition,
  statementKinds,
  type Definition,
  type Statement,
  expandDefinition,
  type ExpandedDefinition,
  type Expansion,
  renumbered,
} from './definitions/index.js';
export { atomNames, readStructure, type FileReading, Structure } from './structure/index.js';
export {
  readTrajectoryBatches,
  readTrajectory,
  columnsOf,
  type TrajectoryReading,
  type TrajectorySystem,
} from './reading/index.js';
export { selectAtoms } from './selection/index.js';
