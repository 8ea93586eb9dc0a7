/**
 * A trained model on further frames, of tables or of trajectories whose descriptors it holds: its CVs, and the lengths of their
 * gradients by the atoms. Frames of another molecule, in another unit or with other periods are refused.
 */
export { checkModelInputs } from './model-inputs.js';
export { modelPeriods } from './model-periods.js';
export { gradientLabels } from './model-gradients.js';
export { readModelFrames, type ModelFrames } from './model-frames.js';
export { predict, type PredictOptions } from './predict.js';
