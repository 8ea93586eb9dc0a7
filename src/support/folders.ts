import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds this package's package.json, whether it runs from a checkout or an installation. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'binding.gyp'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('latentcv: no package root above ' + import.meta.url);
    folder = parent;
  }
  return folder;
}

/** Whether this is a checkout, with its scripts, and not an installed package. */
export const inCheckout = (): boolean => existsSync(join(packageRoot(), '.git'));

/** What a user's programs keep, by the rules of the desktop: a `XDG_CACHE_HOME` that is empty or relative is none. */
function userCache(): string {
  const { XDG_CACHE_HOME = '' } = process.env;
  return join(isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(home(), '.cache'), 'latentcv');
}

/** `/` of a user of whom the system knows none, as in containers. */
function home(): string {
  try {
    return homedir();
  } catch {
    return '/';
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** `.cache` of a checkout, if this is one, and whether this user may write there. */
function cacheOfCheckout(): { path: string; writable: boolean } | undefined {
  if (!inCheckout()) return undefined;
  const root = packageRoot();
  const path = join(root, '.cache');
  return { path, writable: isWritable(existsSync(path) ? path : root) };
}

/**
 * The one folder for everything downloaded or built: `LATENTCV_CACHE`, else `.cache` in a checkout that this user may write
 * to, else `$XDG_CACHE_HOME/latentcv` (default `~/.cache/latentcv`).
 */
export function cacheFolder(): string {
  if (process.env.LATENTCV_CACHE) return resolve(process.env.LATENTCV_CACHE);
  const own = cacheOfCheckout();
  return own?.writable ? own.path : userCache();
}

/**
 * Folders like the cache that somebody else filled and that are only read: `LATENTCV_SITE`, and `.cache` of a checkout that
 * others keep.
 */
export function sharedCaches(): string[] {
  const own = cacheOfCheckout();
  return [
    ...(process.env.LATENTCV_SITE ? [resolve(process.env.LATENTCV_SITE)] : []),
    ...(own?.writable === false ? [own.path] : []),
  ];
}

/** Where something that was downloaded or built is: in the cache folder, else in one that is shared; in the former where it is in none. */
export function inCaches(...below: readonly string[]): string {
  const places = [cacheFolder(), ...sharedCaches()].map((folder) => join(folder, ...below));
  return places.find(existsSync) ?? places[0];
}
