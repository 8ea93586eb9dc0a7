/**
 * States as files: a table for spreadsheets, and structures of the frames that stand for them, whole and laid on one another.
 * Which trajectory has a run's frames is the caller's to say.
 */
export { StateTrajectories, type RunTrajectory } from './state-trajectories.js';
export { statesTable } from './states-table.js';
export { type StateFiles, type StructureRequest, writeStructures } from './write-structures.js';
