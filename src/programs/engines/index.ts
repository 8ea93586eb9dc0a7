/**
 * The programs that move the atoms, behind one interface: their replicas, where each can be gone on with, and how it is
 * started. A file is an engine.
 */
export { commandEngine, type CommandEngineOptions } from './command-engine.js';
export { gromacsEngine, type GromacsEngineOptions } from './gromacs-engine.js';
export { lammpsCommand, lammpsEngine, type LammpsEngineOptions } from './lammps-engine.js';
export {
  keptFolder,
  type EngineEnd,
  type EngineNotes,
  type EngineRun,
  type MdEngine,
  type StartOptions,
} from './md-engine.js';
export { pesmdEngine, type PesmdEngineOptions } from './pesmd-engine.js';
export type { Checkpoint } from '../checkpoint.js';
