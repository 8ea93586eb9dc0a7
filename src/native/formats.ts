import { loadAddon } from './addon.js';
import { rethrow } from './rethrow.js';

/** A format that the addon reads itself. */
export interface OwnFormat {
  /** As chemfiles calls it: `Amber NetCDF`. */
  name: string;
  description: string;
  /** Other names that `ownFormat` takes: `netcdf`. */
  aliases: string[];
  /** With their dots: `.nc`. */
  endings: string[];
}

/** All of them. */
export function ownFormats(): OwnFormat[] {
  return rethrow(() => loadAddon().ownFormats());
}

/**
 * Which of them a file is: the format that is named (in letters of any size, or by an alias), or else what the file's ending
 * or first bytes tell. Undefined for a file of another format, which chemfiles may read.
 * Throws LatentcvError `file-not-found`, `bad-data` where it is no file or empty.
 */
export function ownFormat(path: string, format = ''): string | undefined {
  return rethrow(() => loadAddon().ownFormat(path, format)) || undefined;
}
