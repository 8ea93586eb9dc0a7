/**
 * Opens the frames that `train` and `search` learn from. It stands apart from the other frames, since it loads what trains.
 */
export type { TrainingFrames } from './frames-to-learn.js';
export { trainingFrames } from './training-frames.js';
