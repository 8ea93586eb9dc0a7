/** PLUMED inputs; finding PLUMED, GROMACS and LAMMPS; running driver, pesmd and mdrun. */
export type { BiasRequest, MetadBias, OpesBias } from './bias.js';
export { descriptorStatements } from './descriptor-statements.js';
export type { PlumedModel } from './model-arguments.js';
export { parsePlumedInput, type ParseOptions, type PlumedInput } from './parse-input.js';
export { patchPlumedInput, type PatchedInput, type PatchOptions, type PrintOptions } from './patch-input.js';
export { descriptorsFromPlumed } from './plain-distance.js';
export { plumedModel } from './plumed-model.js';
export { placeOf, type Statement } from './statement.js';
export { inputUnits, type InputUnits } from './units.js';
