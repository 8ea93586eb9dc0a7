export { type GromacsInstall, findGromacs } from './gromacs-install.js';
export { energyLimit, energyStatement, expectEnergyTold, expectNoExchange } from './gromacs-limits.js';
export { type LammpsInstall, findLammps } from './lammps-install.js';
export {
  type DriverEngine,
  type Engine,
  type EngineNotes,
  type EngineRun,
  type GromacsEngine,
  type PesmdEngine,
  engineRuns,
} from './md-engine.js';
export { loadProblem } from './plugin-loads.js';
export { type BuildOptions, type BuiltPlugin, buildPlugin, pluginPath } from './plugin.js';
export { type PlumedInstall, findPlumed } from './plumed-install.js';
export { expectActions, hasModule } from './plumed-modules.js';
export type { PlumedRuntime } from './plumed-runtime.js';
export { expectSupported } from './plumed-version.js';
export { commandOutput } from './probe.js';
export { type RunInput, readRunInput } from './run-input.js';
export { type MdrunOptions, type MdrunResult, checkpointStep, runMdrun } from './run-mdrun.js';
export { type DriverOptions, type PesmdOptions, runDriver, runPesmd } from './run-plumed.js';
export { runProcess } from './run-process.js';
export type { RunProgress } from './run-progress.js';
