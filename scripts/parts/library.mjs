// The library that TypeScript built: for what it knows better than these scripts.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

/** The PLUMED that the library finds: its folders, kernel, version and environment. */
export async function findPlumed() {
  const library = await import(pathToFileURL(join(root, 'dist', 'src', 'programs', 'index.js')).href);
  return library.findPlumed();
}
