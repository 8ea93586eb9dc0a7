/**
 * What predictions of measured properties are worth, on rows that were not learned from: errors beside those of simple
 * baselines. How wide intervals are that hold so many of such rows, and how far from the training a row lies in the latent.
 */
export { baselinePredictions, type BaselineName, type Baselines } from './baselines.js';
export {
  conformalIntervals,
  intervalLevels,
  relativeWidth,
  usualLevel,
  type ConformalIntervals,
  type HeldOutErrors,
  type PredictionInterval,
} from './conformal.js';
export {
  crossPredict,
  emptyHeldOut,
  heldOutBaselines,
  meanOfSaid,
  type CrossPredictOptions,
  type HeldOut,
} from './cross-predict.js';
export {
  latentPercentiles,
  latentSample,
  nearestRow,
  type LatentSample,
  type NearestRow,
} from './latent-distance.js';
export { median, propertyMetrics, type PropertyMetrics } from './metrics.js';
export { predictedProperties } from './predicted.js';
export { isMarked, rowMarks } from './row-marks.js';
export { someColumns } from './some-rows.js';
export { propertyRecords, type PropertiesRecord, type PropertyRecord } from './record.js';
