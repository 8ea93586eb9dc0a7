/**
 * What a composition tells by itself: formulas read into elements and amounts, and the statistics of the elements' properties by
 * which materials are learned from. The properties are Magpie's, a table that is kept here with its licence.
 */
export { compositionFeatures, type CompositionFeatures, type Site } from './features.js';
export { symbols as elementSymbols } from './symbols.js';
export { parseFormula, type Composition } from './formula.js';
