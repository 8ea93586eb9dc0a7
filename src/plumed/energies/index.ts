/**
 * The energy that an input's own statements give a frame, of the columns that a run printed: which biases are static functions of them,
 * and which are not, with the reason. PLUMED's functions (Lepton) are read here as well.
 */
export { biasInput, type BiasInput } from './bias-input.js';
export { definitionOf } from './definitions.js';
export { inputBiases, type InputBiases, type OtherBias, type StaticBias } from './static-bias.js';
export type { Domain, PrintedColumn, Values } from './quantities.js';
