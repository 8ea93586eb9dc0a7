/**
 * Structures of any size and composition as rows that a training learns from, and that its model is evaluated on. What is
 * computed of them is said in lines that the model file holds.
 */
export { featureLines, parseFeatures, type RowFeatures } from './feature-lines.js';
export { structureDataset, structureColumns, type StructureRows } from './structure-dataset.js';
export { structureSource } from './structure-source.js';
