import { chmod, mkdir, mkdtemp, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
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
 * Lets whoever may read the cache folder read a file in it, and the folders on the way, whatever the umask of this process: one
 * user builds a plugin for all that share the folder.
 */
export async function readableAsCache(path: string): Promise<void> {
  const top = cacheFolder();
  const { mode: shared } = await stat(top);
  for (let at = path; !relative(top, at).startsWith('..') && at !== top; at = dirname(at)) {
    const { mode } = await stat(at);
    const others = mode & 0o100 ? 0o055 : 0o044;
    const wanted = (mode & 0o777) | (shared & others);
    // a folder of another user's is theirs to open
    if (wanted !== (mode & 0o777)) await chmod(at, wanted).catch(() => undefined);
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
