import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
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

/**
 * The one folder for everything downloaded or built: `LATENTCV_CACHE`, else `.cache` in a checkout,
 * else `$XDG_CACHE_HOME/latentcv` (default `~/.cache/latentcv`).
 */
export function cacheFolder(): string {
  if (process.env.LATENTCV_CACHE) return process.env.LATENTCV_CACHE;
  const root = packageRoot();
  if (existsSync(join(root, '.git'))) return join(root, '.cache');
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'latentcv');
}
