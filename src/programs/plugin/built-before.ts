import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LatentcvError, cacheFolder, onPath, sharedCaches } from '../../support/index.js';
import type { PlumedInstall } from '../plumed/index.js';
import { findCompiler } from './find-compiler.js';
import { pluginKey, variantKey } from './plugin-sources.js';

export const pluginName = 'libLatentcvPlumed.so';

/** Where a plugin goes that is built now, with the compiler and the flags that the environment names. */
export function placeOfPlugin(plumed: PlumedInstall): string {
  return join(cacheFolder(), 'plugin', pluginKey(plumed) + variantKey(), pluginName);
}

/** The plugins of this PLUMED in the cache folder and in those that are shared, whatever they were built with. */
function pluginsOf(key: string): { folder: string; path: string }[] {
  return [cacheFolder(), ...sharedCaches()].flatMap((cache) => {
    const parent = join(cache, 'plugin');
    return foldersIn(parent)
      .filter((folder) => folder === key || folder.startsWith(`${key}-`))
      .map((folder) => ({ folder, path: join(parent, folder, pluginName) }))
      .filter(({ path }) => existsSync(path));
  });
}

/** Names in a folder, in order; none where it is not there or may not be looked into. */
function foldersIn(parent: string): string[] {
  try {
    return readdirSync(parent).sort();
  } catch {
    return [];
  }
}

async function canBuild(plumed: PlumedInstall): Promise<boolean> {
  if ((await onPath('cmake')) === undefined) return false;
  try {
    return (await findCompiler(plumed)) !== '';
  } catch (error) {
    if (error instanceof LatentcvError) return false;
    throw error;
  }
}

/**
 * The plugin for this PLUMED that was built before with the compiler and flags that the environment names. One built with
 * others serves where it names none, or where nothing can be built: modules of a login node set them, a job often does not.
 */
export async function builtBefore(
  plumed: PlumedInstall,
): Promise<{ path: string; note?: string } | undefined> {
  const key = pluginKey(plumed);
  const variant = variantKey();
  const plugins = pluginsOf(key);
  const asked = plugins.find(({ folder }) => folder === key + variant);
  if (asked) return { path: asked.path };
  if (plugins.length === 0) return undefined;
  const { path } = plugins[0];
  if (variant === '') return { path };
  return (await canBuild(plumed)) ? undefined : { path, note: otherwiseBuilt };
}

const otherwiseBuilt =
  'the plugin that is there was built otherwise than CXX, CXXFLAGS and LDFLAGS say; it is taken, since here nothing can be built';
