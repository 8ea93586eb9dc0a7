export { definitionSchema, readDefinitionFile } from './definition-file.js';
export { atomName, atomNames } from './atom-names.js';
export { automaticDefinition } from './automatic.js';
export { parseDefinition, statementKinds, type Definition, type Statement } from './definition.js';
export { expandDefinition, type ExpandedDefinition, type Expansion } from './expand.js';
export {
  columnsOf,
  readTrajectory,
  readTrajectoryBatches,
  type TrajectoryReading,
  type TrajectorySystem,
} from './read-trajectory.js';
export { renumbered } from './renumber.js';
export { selectAtoms } from './selection.js';
export { readStructure, Structure, type FileReading } from './structure.js';
