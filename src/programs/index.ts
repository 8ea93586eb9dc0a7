/**
 * The programs that run MD along a CV: PLUMED, GROMACS and LAMMPS, found, asked and run, and the plugin, built. An engine is
 * GROMACS or pesmd with what one run of it needs.
 */
export { type LammpsInstall, findLammps } from './find-lammps.js';
export {
  type GromacsInstall,
  type MdrunOptions,
  type MdrunResult,
  type RunInput,
  checkpointStep,
  expectEnergyTold,
  expectNoExchange,
  findGromacs,
  readRunInput,
  runMdrun,
} from './gromacs/index.js';
export {
  type EngineNotes,
  type EngineRun,
  type GromacsEngine,
  type MdEngine,
  type PesmdEngine,
  engineRuns,
} from './md-engine.js';
export {
  type BuildOptions,
  type BuiltPlugin,
  buildPlugin,
  loadProblem,
  pluginPath,
  type BuildProgress,
} from './plugin/index.js';
export {
  type DriverOptions,
  type PesmdOptions,
  type PlumedInstall,
  type PlumedRuntime,
  expectActions,
  expectSupported,
  findPlumed,
  foundHow,
  hasModule,
  runDriver,
  runPesmd,
  type Version,
} from './plumed/index.js';
export { runProgram } from './run-program.js';
export type { RunProgress } from './run-progress.js';
