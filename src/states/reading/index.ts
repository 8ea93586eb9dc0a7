/**
 * What `latentcv states` wrote, read again: states.json, checked, and the structures beside it. These are turned alike, as a page
 * shows them, with bonds and backbones.
 */
export { readStates, type StatesFile } from './states-file.js';
export { readStateStructures, structureToShow, type StateStructure } from './state-structures.js';
