/**
 * The language of PLUMED inputs: words, statements, files they name, units, biases, and descriptors as statements. It
 * reads and writes text and starts no program.
 */
export { moduleOf, whyUnknown } from './action-modules.js';
export {
  parseWall,
  type BiasRequest,
  type KolmogorovOpesBias,
  type MetadBias,
  type OpesBias,
  type OpesExpandedBias,
  type OpesExploreBias,
  type PbmetadBias,
  type RestraintBias,
  type SteeredBias,
  type WallRequest,
} from './biases/index.js';
export {
  biasInput,
  definitionOf,
  inputBiases,
  type BiasInput,
  type InputBiases,
  type OtherBias,
  type PrintedColumn,
  type StaticBias,
  type Values,
} from './energies/index.js';
export { filesOfInput, foundFile, leftBehind, namedFiles, type NamedFile } from './input-files.js';
export { isThere, readPlumedText } from './input-text.js';
export {
  expectCuttable,
  expectRestartable,
  notRestored,
  prepareInput,
  restartEdits,
  restartFiles,
  restarted,
  walkersFolder,
  withRunLines,
  withWords,
  writtenTables,
  type Preparation,
  type Restart,
  type StateWriter,
  type WordEdit,
  type WrittenTable,
} from './restarts/index.js';
export { NameTable } from './names.js';
export { withNames, type RenamedFile } from './rename-files.js';
export {
  descriptorStatements,
  type StatementOptions,
  descriptorsFromPlumed,
  lengthLabels,
  serials,
  serialWords,
  formatReferencePdb,
  parseReferencePdb,
  checkMolinfo,
} from './descriptors/index.js';
export type { BasinWidths, PlumedModel } from './model-arguments.js';
export { parsePlumedInput, type ParseOptions, type PlumedInput } from './parse-input.js';
export { confinePlumedInput, type ConfinedInput } from './confine-input.js';
export { patchPlumedInput, type ModelBeside, type PatchedInput, type PatchOptions } from './patch-input.js';
export type { PrintOptions } from './printed.js';
export { plumedModel } from './plumed-model.js';
export {
  confinedFrame,
  confinementLines,
  confinementOf,
  halfBox,
  hostFrame,
  placeOfFrame,
  reachOf,
  type ConfinedFrame,
  type ConfinementPose,
  type ConfinementRequest,
  type ConfinementShape,
  type Vector,
} from './confinement/index.js';
export { columnUnit } from './column-unit.js';
export { energyLimit, energyStatement } from './engine-energy.js';
export { placeOf, type Statement } from './statement.js';
export { runFacts } from './run-facts.js';
export { inputUnits, type InputUnits } from './units.js';
export { isArgument, quoteWord, wordForPath } from './words.js';
