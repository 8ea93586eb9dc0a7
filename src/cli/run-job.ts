import type { RunCommandOptions } from './commands/run.js';
import { LatentcvError } from '../support/errors.js';
import type { Terminal } from './terminal.js';

/** Runs the engine in its folder and tells where the frames are. */
export function runSimulation(options: RunCommandOptions, terminal: Terminal): Promise<void> {
  terminal.note(`${options.engine} in ${options.folder}`);
  return Promise.reject(new LatentcvError('missing-tool', 'cannot run simulations yet'));
}
