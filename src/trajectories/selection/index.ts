/**
 * The language of selections: MDAnalysis' words, lengths in nm. A text becomes an expression, and that the atoms of a
 * structure that it takes.
 */
export { EmptySelection, isGroupWord, selectAtoms } from './evaluate.js';
