import { prepare, type LearnableFrames } from './data/index.js';
import { trainSettings, type TrainOptions } from './options.js';

/**
 * The frames in memory that validate in a training with these options.
 * @throws LatentcvError as `train` does
 */
export function validatingRows(frames: LearnableFrames, options: TrainOptions): Int32Array {
  return prepare(frames, trainSettings(options)).split.validation.now;
}
