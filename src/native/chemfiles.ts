import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LatentcvError } from '../support/errors.js';
import { cacheFolder } from '../support/folders.js';
import { loadAddon } from './addon.js';
import { rethrow } from './rethrow.js';

/** Where libchemfiles may be, best first: `CHEMFILES`, what set-up fetched, what the system finds. */
function candidates(): string[] {
  const { CHEMFILES } = process.env;
  if (CHEMFILES) return [CHEMFILES];
  const fetched = join(cacheFolder(), 'chemfiles', 'libchemfiles.so');
  return [...(existsSync(fetched) ? [fetched] : []), 'libchemfiles.so.0.10', 'libchemfiles.so'];
}

/**
 * Loads chemfiles, which reads trajectories and structures, once per process.
 * Throws LatentcvError `missing-tool` where there is none.
 */
export function loadChemfiles(): { version: string; path: string } {
  try {
    return rethrow(() => loadAddon().loadChemfiles(candidates()));
  } catch (error) {
    if (!(error instanceof LatentcvError) || error.hint !== undefined) throw error;
    throw new LatentcvError(
      error.code,
      error.message,
      'npm run setup fetches it; or set CHEMFILES to a libchemfiles.so, such as the one in the Python package chemfiles',
    );
  }
}
