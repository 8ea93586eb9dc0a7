// PLUMED's stable releases that the plugin is tested on.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cache } from './paths.mjs';

export const plumedReleases = ['2.9.5', '2.10.1'];

export const releaseFolder = (/** @type {string} */ version) => join(cache, 'plumed-releases', version);

/** The folder of releases that LATENTCV_PLUMED_RELEASES names, if it is there. */
export function releasesFolder() {
  const folder = process.env.LATENTCV_PLUMED_RELEASES;
  return folder && existsSync(folder) ? resolve(folder) : undefined;
}
