/**
 * What a trained model of rows is worth on rows that it did not learn from, in its file's record. What it then says of further rows:
 * intervals, how far they are from the training, how they compare with measured values.
 */
export { heldOutProperties } from './held-out-properties.js';
export { percentileColumn, predictedRows, type Comparison, type PredictedRows } from './predicted-rows.js';
