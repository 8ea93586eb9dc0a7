import type { SourceFor } from '../../../campaign/index.js';
import type { TrainOptions } from '../../../training/index.js';

/** Frames to learn from, and what they weigh. */
export interface TrainingFrames {
  /** All files that are read. */
  files: string[];
  sourceFor: SourceFor;
  /** The options of the command that are the training's, with the bias and its temperature. */
  training: TrainOptions;
  /** What the inputs of structures are computed by, in lines for the model file. */
  features?: readonly string[];
}
