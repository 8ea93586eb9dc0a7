/**
 * GROMACS: found, its run inputs and checkpoints read by its own `gmx dump`, and mdrun run with PLUMED or without. What its
 * versions do not tell PLUMED is refused here.
 */
export { findGromacs, type GromacsInstall } from './find-gromacs.js';
export { expectEnergyTold, expectNoExchange } from './gromacs-limits.js';
export { energyAverage, type EnergyAverage, energyXvg } from './energy-table.js';
export { type RunInput, readRunInput } from './run-input.js';
export {
  checkpointsIn,
  checkpointStep,
  mdrunCommand,
  type MdrunOptions,
  type MdrunResult,
  runMdrun,
} from './run-mdrun.js';
