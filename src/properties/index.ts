/**
 * What predictions of measured properties are worth, on rows that were not learned from: errors beside those of simple
 * baselines. How wide intervals are that hold so many of such rows, and how far from the training a row lies in the latent.
 */
export { baselinePredictions, type BaselineName, type Baselines } from './baselines.js';
export { conformalIntervals, intervalLevels, usualLevel, type PredictionInterval } from './conformal.js';
export {
  crossPredict,
  emptyHeldOut,
  heldOutBaselines,
  type CrossPredictOptions,
  type HeldOut,
} from './cross-predict.js';
export { latentPercentiles, latentSample, type LatentSample } from './latent-distance.js';
export { propertyMetrics, type PropertyMetrics } from './metrics.js';
export { predictedProperties } from './predicted.js';
export { propertyRecords, type PropertiesRecord, type PropertyRecord } from './record.js';
