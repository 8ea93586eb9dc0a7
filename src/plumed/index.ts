/** PLUMED inputs; finding PLUMED, GROMACS and LAMMPS; running driver, pesmd and mdrun. */
export type { BiasRequest, MetadBias, OpesBias } from './bias.js';
export {
  filesOfInput,
  filesReadBy,
  foundFile,
  leftBehind,
  namedFiles,
  type NamedFile,
} from './input-files.js';
export { isThere, readPlumedText } from './input-text.js';
export { restarted, restartFile, restartOfAll } from './restart-files.js';
export { withNames, type RenamedFile } from './rename-files.js';
export { descriptorStatements, type StatementOptions } from './descriptor-statements.js';
export { descriptorsFromPlumed, lengthLabels } from './descriptors-from-plumed.js';
export type { PlumedModel } from './model-arguments.js';
export { parsePlumedInput, type ParseOptions, type PlumedInput } from './parse-input.js';
export { patchPlumedInput, type PatchedInput, type PatchOptions, type PrintOptions } from './patch-input.js';
export { plumedModel } from './plumed-model.js';
export { serials } from './serials.js';
export { placeOf, type Statement } from './statement.js';
export { runFacts } from './run-facts.js';
export { inputUnits, type InputUnits } from './units.js';
export { formatReferencePdb, parseReferencePdb } from './reference-pdb.js';
export { energyLimit, energyStatement, expectEnergyTold, expectNoExchange } from './gromacs-limits.js';
export { findGromacs, type GromacsInstall } from './gromacs-install.js';
export { findLammps, type LammpsInstall } from './lammps-install.js';
export { checkpointStep, runMdrun, type MdrunOptions, type MdrunResult } from './run-mdrun.js';
export { runDriver, runPesmd, type DriverOptions, type PesmdOptions } from './run-plumed.js';
export type { RunProgress } from './run-progress.js';
export { readRunInput, type RunInput } from './run-input.js';
export type { PlumedRuntime } from './plumed-runtime.js';
export { findPlumed, type PlumedInstall } from './plumed-install.js';
export { buildPlugin, pluginPath, type BuildOptions, type BuiltPlugin } from './plugin.js';
export { checkMolinfo } from './molinfo.js';
export { expectActions } from './plumed-modules.js';
