/**
 * What becomes of what was learned: the latent turned into CVs, the encoder as a graph, the record of its training, the
 * model that is written. Knows neither files nor the loop.
 */
export { angleDomains } from './angles.js';
export { doubtsOf } from './doubts.js';
export { inverseMap } from './decoder.js';
export { mapLatent } from './encoder.js';
export { checkDescriptors, newModel } from './new-model.js';
export type { TrainingRecord } from './record.js';
export { type Scores, varianceExplained } from './scores.js';
export type { SlownessRecord } from './slowness-record.js';
export { encoderOf, type TrainedEncoder } from './trained-encoder.js';
export type { TrainedEncoderGraph } from './encoder.js';
