/**
 * The programs that run MD along a CV: PLUMED, GROMACS and LAMMPS, found, asked and run, and the plugin, built. The
 * engines are behind one interface.
 */
export { type LammpsInstall, findLammps } from './find-lammps.js';
export { thermoTables, type LammpsScript } from './lammps/index.js';
export {
  type GromacsInstall,
  type MdrunOptions,
  type MdrunResult,
  type RunInput,
  checkpointStep,
  energyXvg,
  expectEnergyTold,
  expectNoExchange,
  findGromacs,
  readRunInput,
  runMdrun,
} from './gromacs/index.js';
export {
  type Checkpoint,
  type CommandEngineOptions,
  type EngineEnd,
  type EngineNotes,
  type EngineRun,
  type GromacsEngineOptions,
  type LammpsEngineOptions,
  type MdEngine,
  type PesmdEngineOptions,
  type StartOptions,
  commandEngine,
  gromacsEngine,
  keptFolder,
  lammpsEngine,
  pesmdEngine,
} from './engines/index.js';
export {
  type BuildOptions,
  type BuiltPlugin,
  buildPlugin,
  findCompiler,
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
  optimisationProblem,
  runDriver,
  runPesmd,
  type Version,
} from './plumed/index.js';
export { runEngine, runProgram } from './run-program.js';
export type { RunProgress } from './run-progress.js';
