/**
 * Frames of formats that are not ours, by chemfiles or the HDF5 library in a process of its own: where that crashes or hangs
 * on a damaged file it is an error. What it reads comes back as frames that the addon reads.
 */
export { findChemfiles } from './chemfiles.js';
export { foreignFrames } from './foreign-frames.js';
export type { ForeignStructure } from './foreign-messages.js';
export { foreignStructures, type ReadForeign } from './foreign-structures.js';
export { type PreparedAtoms, type PreparedFrame, preparedFormat } from './prepared-frames.js';
