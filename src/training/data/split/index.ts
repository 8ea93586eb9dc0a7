/**
 * Which frames train and which validate: blocks of time, trajectories or single frames, and the fold that leaves slow processes to be
 * learned. The samples and pieces that both sides are taken in.
 */
export { cut, inParts, samplePieces } from './pieces.js';
export { foldsOfGroups, samplesOf, sideBlocks, splitOf, splitSamples } from './samples.js';
export { validatingFold } from './validating-fold.js';
