/**
 * Structures that options name, files or folders of them, as rows of a table: what is computed of each, and what was measured of
 * it. They are told from trajectories by what is asked of them.
 */
export { areStructures, type NamedStructures } from './are-structures.js';
export { modelStructures, type ModelStructures } from './model-structures.js';
export { structureRows, type ReadStructureRows } from './structure-rows.js';
