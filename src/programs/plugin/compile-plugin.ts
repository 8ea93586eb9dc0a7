import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder, commandOutput, inCaches } from '../../support/index.js';
import { pluginName } from './built-before.js';
import { inCache, readableAsCache, workFolder } from './cache-write.js';
import { cmakeBuild, type BuildProgress } from './cmake.js';
import { coreKey, filesToCompile } from './plugin-sources.js';
import type { PlumedInstall } from '../plumed/index.js';
import { prebuiltCore } from './prebuilt-core.js';

export interface CompileOptions {
  compiler: string;
  /** Compiles the core anew even where it is there. */
  rebuild: boolean;
  onProgress?: ((progress: BuildProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

const coreName = 'liblatentcv_core.a';

/** Written beside and renamed: another process that builds the same sees all of it or nothing. */
export function putInPlace(fresh: string, path: string): Promise<void> {
  return inCache(async () => {
    await mkdir(dirname(path), { recursive: true });
    const beside = `${path}.${process.pid}`;
    await copyFile(fresh, beside);
    await rename(beside, path);
    await readableAsCache(path);
  });
}

/** Of the whole, core and plugin, the part from `first` to `last`. */
function within(
  onProgress: CompileOptions['onProgress'],
  first: number,
  last: number,
): CompileOptions['onProgress'] {
  return onProgress && (({ done, file }) => onProgress({ done: first + (last - first) * done, file }));
}

const common = (compiler: string): Record<string, string> => ({
  CMAKE_CXX_COMPILER: compiler,
  CMAKE_BUILD_TYPE: 'Release',
  LATENTCV_TESTS: 'OFF',
});

/** The core as a static library, one for all PLUMEDs; compiled where the cache has none of this compiler and sources. */
async function compiledCore(path: string, options: CompileOptions): Promise<void> {
  const work = await workFolder('core');
  try {
    const definitions = common(options.compiler);
    await cmakeBuild({ ...options, work, target: 'latentcv_core', definitions });
    await putInPlace(join(work, coreName), path);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Compiles the plugin in a folder, and before it the core where the prebuilt one does not fit. Returns the fresh plugin. */
export async function compilePlugin(
  { includeDir, libDir }: PlumedInstall,
  work: string,
  options: CompileOptions,
): Promise<string> {
  const { compiler, onProgress } = options;
  const prebuilt = await prebuiltCore(compiler, work);
  const version = (await commandOutput(compiler, ['--version'])) ?? '';
  const below = ['core', coreKey(compiler, version), coreName];
  const compiled = inCaches(...below);
  const before = prebuilt ?? (existsSync(compiled) && !options.rebuild ? compiled : undefined);
  const core = before ?? join(cacheFolder(), ...below);
  const files = filesToCompile();
  const first = before !== undefined ? 0 : files.core / (files.core + files.plugin);
  if (before === undefined)
    await compiledCore(core, { ...options, onProgress: within(onProgress, 0, first) });
  const definitions = {
    ...common(compiler),
    LATENTCV_CORE_LIBRARY: core,
    LATENTCV_PLUGIN: 'ON',
    PLUMED_INCLUDE_DIR: includeDir,
    PLUMED_LIBRARY_DIR: libDir,
  };
  const ours = within(onProgress, first, 1);
  await cmakeBuild({ ...options, onProgress: ours, work, target: 'LatentcvPlumed', definitions });
  return join(work, 'plumed-plugin', pluginName);
}
