import type { QuickstartCommandOptions } from './commands/quickstart.js';
import { LatentcvError } from '../support/errors.js';
import type { Terminal } from './terminal.js';

/** Runs the quickstart and tells how it went. */
export function runQuickstart(options: QuickstartCommandOptions, terminal: Terminal): Promise<void> {
  terminal.note(`quickstart in ${options.folder}`);
  return Promise.reject(new LatentcvError('bad-argument', 'the quickstart cannot run yet'));
}
