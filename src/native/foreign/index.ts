export { findChemfiles } from './chemfiles.js';
export { foreignFrames } from './foreign-frames.js';
export { type PreparedAtoms, type PreparedFrame, preparedFormat } from './prepared-frames.js';
