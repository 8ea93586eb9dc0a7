import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentcvError, cacheFolder } from '../../support/index.js';

const unwritable = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'];

/**
 * Does something that writes in the cache folder.
 * @throws LatentcvError `tool-failed` where this user may not
 */
export async function inCache<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!unwritable.includes(code)) throw error;
    throw new LatentcvError(
      'tool-failed',
      `expected to write in the cache folder ${cacheFolder()} but cannot: ${message}`,
      'set LATENTCV_CACHE to a folder of yours: what is compiled goes there',
    );
  }
}

/**
 * A new folder to work in below a folder of the cache.
 * @throws LatentcvError `tool-failed`
 */
export function workFolder(...below: readonly string[]): Promise<string> {
  return inCache(async () => {
    const parent = join(cacheFolder(), ...below);
    await mkdir(parent, { recursive: true });
    return mkdtemp(join(parent, 'build-'));
  });
}
