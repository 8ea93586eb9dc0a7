/**
 * The Node addon: encoders, structures and frames, read and evaluated by the C++ code that the PLUMED plugin runs. Files that
 * it does not read as they lie are made readable first: packed ones, other formats (`foreign`) and those in HDF5 (`hdf5`).
 */
export { addonPath, loadAddon, packagedOnnxRuntime } from './addon.js';
export type {
  AtomsEvaluation,
  AtomWords,
  Evaluation,
  MoleculeComparison,
  NamedAtom,
  NativeBatch,
  OwnFormat,
  StructureContents,
  TrajectorySource,
  DescriptorLines,
  DescriptorReading,
  AddonModel,
} from './addon-types.js';
export { findChemfiles, type ForeignStructure, type ReadForeign } from './foreign/index.js';
export { ownFormat, ownFormats } from './formats.js';
export { hdf5Trajectory } from './hdf5/index.js';
export { compareMolecule } from './molecule.js';
export { loadNativeModel, NativeModel, type LoadOptions } from './native-model.js';
export { listenToSources, type SourceListener } from './source-listener.js';
export {
  DescriptorReader,
  evaluateDescriptors,
  frameStates,
  openStructure,
  openStructures,
} from './trajectories.js';
