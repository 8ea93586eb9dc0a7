export { type EncoderGraph, encoderGraph } from './encoder.js';
export { type LatentAnalysis, analyseLatent, project } from './latent-map.js';
export { type FutureModel, mostModelBytes } from './model-size.js';
export { checkDescriptors, newModel } from './new-model.js';
export type { Curves, TrainingRecord } from './record.js';
export { type Scores, crossValidatedHere, searchHere } from './scores.js';
export { type SlownessRecord, slownessRecord } from './slowness-record.js';
export { applySpread, fitSpread } from './spread.js';
