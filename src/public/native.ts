/**
 * The C++ core in Node, the code that the PLUMED plugin runs: model files evaluated with derivatives, structures and
 * trajectories read. Lengths are in nm, angles in rad.
 *
 * @packageDocumentation
 */
export {
  addonPath,
  compareMolecule,
  DescriptorReader,
  frameStates,
  loadNativeModel,
  NativeModel,
  openStructure,
  ownFormats,
  type AtomsEvaluation,
  type AtomWords,
  type Evaluation,
  type LoadOptions,
  type MoleculeComparison,
  type NamedAtom,
  type NativeBatch,
  type OwnFormat,
  type StructureContents,
  type TrajectorySource,
  type AddonModel,
  type DescriptorReading,
} from '../native/index.js';
