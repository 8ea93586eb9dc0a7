import { loadAddon } from './addon.js';
import type { OwnFormat } from './addon-types.js';
import { rethrow } from './rethrow.js';

/** All formats that the addon reads itself. */
export function ownFormats(): OwnFormat[] {
  return rethrow(() => loadAddon().ownFormats());
}

/**
 * Which of them a file is: the format that is named (in letters of any size, or by an alias), or else what the file's ending
 * or first bytes tell. Undefined for a file of another format, which chemfiles may read.
 * @throws LatentcvError `file-not-found`, `bad-data` where it is no file or empty.
 */
export function ownFormat(path: string, format = ''): string | undefined {
  return rethrow(() => loadAddon().ownFormat(path, format)) || undefined;
}
