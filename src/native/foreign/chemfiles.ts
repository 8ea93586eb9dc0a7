import { existsSync } from 'node:fs';
import { LatentcvError, inCaches } from '../../support/index.js';
import { runForeign } from './run-foreign.js';

/** Where libchemfiles may be, best first: `CHEMFILES`, what set-up fetched, what the system finds. */
export function chemfilesCandidates(): string[] {
  const { CHEMFILES } = process.env;
  if (CHEMFILES) return [CHEMFILES];
  const fetched = inCaches('chemfiles', 'libchemfiles.so');
  return [...(existsSync(fetched) ? [fetched] : []), 'libchemfiles.so.0.10', 'libchemfiles.so'];
}

/** What to do where there is no chemfiles. */
export function withChemfilesHint(error: unknown): unknown {
  if (!(error instanceof LatentcvError) || error.code !== 'missing-tool' || error.hint !== undefined)
    return error;
  return new LatentcvError(
    error.code,
    error.message,
    'latentcv setup chemfiles fetches it; or set CHEMFILES to a libchemfiles.so, such as the one in the Python package chemfiles',
  );
}

/**
 * Which chemfiles there is, asked in a process of its own, as all that has to do with it.
 * @throws LatentcvError `missing-tool` where there is none.
 */
export async function findChemfiles(): Promise<{ version: string; path: string }> {
  let found: { version: string; path: string } | undefined;
  try {
    await runForeign(
      { libraries: chemfilesCandidates(), parent: process.pid },
      {
        name: 'its own library',
        onMessage: (message) => {
          if ('library' in message) found = message.library;
        },
      },
    );
  } catch (error) {
    throw withChemfilesHint(error);
  }
  if (found) return found;
  throw new LatentcvError('missing-tool', 'expected chemfiles to tell its version but it said nothing');
}
