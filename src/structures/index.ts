/**
 * Structures of atoms that differ in size, elements and cell (CIF, POSCAR, extended XYZ), and rows of equally many numbers that
 * are made of them: fixed-length descriptors, statistics of their compositions. Labels find their structures by name.
 */
export { compositionOf, elementsOf, formulaOf, type AtomicStructure } from './atomic-structure.js';
export { describeStructure, type DescribedValue } from './describe.js';
export { findStructures, holdsStructures } from './find-structures.js';
export {
  measuredStructures,
  type LabelTable,
  type MeasuredStructures,
  type WantedLabels,
} from './measured.js';
export { isPoscarName } from './poscar.js';
export { isStructureName, readStructures, type StructureReading } from './read-structures.js';
export { structureFeatures, type StructureDefinition, type StructureFeatures } from './structure-features.js';
export { supercell, type Repeats } from './supercell.js';
