import { constants, existsSync } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { LatentcvError, cacheFolder, writeProblem } from '../support/index.js';

/** The cache folder, or the nearest folder above it that is there. */
function nearestFolder(): string {
  let folder = resolve(cacheFolder());
  while (!existsSync(folder)) folder = dirname(folder);
  return folder;
}

/**
 * A folder below the cache folder, made where it is not there.
 * @throws LatentcvError `file-access` where this user cannot write there
 */
export async function folderInCache(name: string): Promise<string> {
  const folder = join(cacheFolder(), name);
  try {
    // making a folder where nothing can be written says only that there is none
    await access(nearestFolder(), constants.W_OK | constants.X_OK);
    await mkdir(folder, { recursive: true });
    return folder;
  } catch (error) {
    const problem = writeProblem(cacheFolder(), error, 'the cache folder');
    if (!(problem instanceof LatentcvError)) throw problem;
    throw new LatentcvError('file-access', problem.message, 'set LATENTCV_CACHE to a folder of yours');
  }
}

/**
 * Looks, before anything is fetched, whether the disk of the cache folder has room.
 * @throws LatentcvError `file-access`
 */
export async function expectRoom(megabytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(nearestFolder());
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free >= megabytes) return;
  throw new LatentcvError(
    'file-access',
    `expected ${megabytes} MB of room in ${cacheFolder()} but its disk has ${free} MB left`,
    'make room, or set LATENTCV_CACHE to a folder on another disk',
  );
}
