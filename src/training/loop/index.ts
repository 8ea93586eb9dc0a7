/**
 * Learning itself: the training step as a graph, batches, epochs, restarts, the checkpoint that keeps them. Knows tables of
 * numbers and a method's loss, not where the frames came from nor what becomes of the encoder.
 */
export { bestFit } from './best-fit.js';
export { isOfEndedTraining } from './checkpoint.js';
export { eigenfunctionsOf } from './eigenfunctions.js';
export { latentOf } from './latent.js';
export { scouted } from './scout.js';
export { unpackArrays } from './state.js';
