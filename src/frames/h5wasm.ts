import type { Dataset, Entity, File, Group } from 'h5wasm/node';
import { LatentcvError } from '../support/errors.js';
import { systemErrorOf, writeProblem } from '../support/file-problem.js';

export type { Dataset as H5Dataset, Entity as H5Entity, File as H5File, Group as H5Group };

/** The HDF5 library, compiled to WebAssembly; loaded where an HDF5 file is met, which takes half a second. */
export async function loadHdf5(): Promise<typeof import('h5wasm/node')> {
  const hdf5 = await import('h5wasm/node');
  const module = await hdf5.ready;
  // without it, what goes wrong is printed and reading goes on
  module.activate_throwing_error_handler();
  return hdf5;
}

/** What the library says of a failure, in its own last word: `File has been truncated`. */
export function hdf5Problem(path: string, error: unknown): unknown {
  if (error instanceof LatentcvError) return error;
  return new LatentcvError('file-format', `cannot read ${path} as HDF5: ${lastReason(error)}`);
}

/** The same of writing, where the system says more: `error message = 'No space left on device'`. */
export function hdf5WriteProblem(path: string, error: unknown): unknown {
  if (error instanceof LatentcvError) return error;
  const [, words] = /error message = '(.+?)'/.exec(String(error)) ?? [];
  const ofSystem = words === undefined ? undefined : systemErrorOf(words);
  if (ofSystem) return writeProblem(path, ofSystem);
  return new LatentcvError('file-access', `cannot write ${path} as HDF5: ${lastReason(error)}`);
}

function lastReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const reasons = [...text.matchAll(/minor: (.+)/g)].map(([, reason]) => reason);
  return (reasons.at(-1) ?? text.split('\n')[0]).toLowerCase();
}
