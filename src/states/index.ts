/**
 * States of a system from the weighted frames of its runs: modes, which are basins of the reweighted density, or states by
 * rules. Of each its population, free energy and transitions with errors, what tells it apart, and frames that stand for it.
 */
export {
  defaultMergeBelow,
  findModes,
  type FoundModes,
  type Mode,
  type ModeBarrier,
  type ModeOptions,
  type ModeSplit,
} from './find-modes.js';
export type { ModeColumn } from './mode-axes.js';
export type { ModesOfPart } from './found-again.js';
export type { Population } from './populations.js';
export {
  statesOfRun,
  type StateFrame,
  type StateOfRun,
  type StatesOfRun,
  type StatesRequest,
} from './states-of-run.js';
export type { ColumnDifference } from './tell-apart.js';
export { differencesByAtoms } from './telling/index.js';
export {
  readStates,
  readStateStructures,
  structureToShow,
  type StatesFile,
  type StateStructure,
} from './reading/index.js';
export {
  StateTrajectories,
  statesTable,
  writeStructures,
  type RunTrajectory,
  type StateFiles,
  type StructureRequest,
} from './writing/index.js';
export {
  standardState,
  standardVolume,
  totalBinding,
  type BindingFreeEnergy,
  type Plateau,
  type StandardState,
  type StandardStateRequest,
} from './standard-state.js';
export { passages, type Passages } from './passages.js';
