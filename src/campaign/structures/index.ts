/**
 * Structures of any size and composition, and formulas, as rows that a training learns from, and that its model is evaluated
 * on. What is computed of them is said in lines that the model file holds.
 */
export {
  columnsOfCompositions,
  tableCompositions,
  textOf,
  withCompositions,
  type CompositionColumns,
  type TextTable,
} from './composition-columns.js';
export { compositionSource } from './composition-source.js';
export {
  featureLines,
  parseFeatures,
  type FeaturesOfCompositions,
  type FeaturesOfStructures,
  type RowFeatures,
} from './feature-lines.js';
export {
  expectComputed,
  structureDataset,
  structureColumns,
  type StructureRows,
} from './structure-dataset.js';
export { structureSource } from './structure-source.js';
