import type { TrainCommandOptions } from './commands/train.js';
import { LatentcvError } from '../support/errors.js';
import type { Terminal } from './terminal.js';

/** Reads the frames, trains, writes the model file and tells how it went. */
export function trainModel(files: string[], options: TrainCommandOptions, terminal: Terminal): Promise<void> {
  terminal.note(`training on ${files.join(', ')}`);
  return Promise.reject(new LatentcvError('bad-argument', `cannot train ${options.output} yet`));
}
