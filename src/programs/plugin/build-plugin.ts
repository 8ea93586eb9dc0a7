import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentcvError, cacheFolder } from '../../support/index.js';
import { workFolder } from './cache-write.js';
import { differentlyCompiled, type BuildProgress } from './cmake.js';
import { compilePlugin, pluginName, putInPlace } from './compile-plugin.js';
import { findCompiler } from './find-compiler.js';
import { loadProblem } from './load-problem.js';
import { pluginKey } from './plugin-sources.js';
import {
  expectSupported,
  findPlumed,
  headerVersion,
  ofTwoVersions,
  type PlumedInstall,
} from '../plumed/index.js';

export interface BuiltPlugin {
  /** `libLatentcvPlumed.so`, for PLUMED's LOAD. */
  path: string;
  /** Whether it was compiled just now, or found. */
  built: boolean;
}

export interface BuildOptions {
  /** Compiles it again even where it is there. */
  rebuild?: boolean;
  /** Told before the compiler starts. */
  onBuild?: (message: string) => void;
  /** How far it is and which file is compiled. */
  onProgress?: (progress: BuildProgress) => void;
  signal?: AbortSignal;
}

async function expectHeaders({ includeDir, kernel, longVersion }: PlumedInstall): Promise<void> {
  if (!existsSync(join(includeDir, 'plumed', 'core', 'ActionWithValue.h'))) {
    const problem = `expected PLUMED's headers in ${join(includeDir, 'plumed')} but found none`;
    throw new LatentcvError(
      'missing-tool',
      problem,
      'install the package with its headers (such as plumed-devel)',
    );
  }
  const theirs = await headerVersion(includeDir);
  if (theirs === undefined || theirs === longVersion) return;
  throw ofTwoVersions(kernel, longVersion, `the headers in ${includeDir} are`, theirs);
}

function placeFor(plumed: PlumedInstall): string {
  return join(cacheFolder(), 'plugin', pluginKey(plumed), pluginName);
}

/**
 * Where buildPlugin puts the plugin for this PLUMED, whether or not it is there yet.
 * @throws LatentcvError `missing-tool`
 */
export async function pluginPath(plumed?: PlumedInstall): Promise<string> {
  return placeFor(plumed ?? (await findPlumed()));
}

/**
 * Compiles the PLUMED plugin for this PLUMED (by default the one findPlumed gives) with the user's compiler, and tries
 * loading it. Does nothing, and needs no compiler, where that was done before. The core in it is compiled once for all
 * PLUMEDs.
 * @throws LatentcvError `missing-tool` (PLUMED too old, of two versions or without headers, no compiler, no CMake),
 * `tool-failed` (it does not compile, does not load into this PLUMED, or the cache folder cannot be written), `interrupted`
 */
export async function buildPlugin(plumed?: PlumedInstall, options: BuildOptions = {}): Promise<BuiltPlugin> {
  const install = plumed ?? (await findPlumed());
  expectSupported(install);
  await expectHeaders(install);
  const path = placeFor(install);
  const { rebuild = false, onBuild, onProgress, signal } = options;
  if (existsSync(path) && !rebuild) return { path, built: false };
  const compiler = await findCompiler(install);
  const work = await workFolder('plugin');
  onBuild?.(`compiling the plugin for PLUMED ${install.longVersion} at ${install.kernel} with ${compiler}`);
  try {
    const fresh = await compilePlugin(install, work, { compiler, rebuild, onProgress, signal });
    await expectLoads(install, fresh, work, signal);
    await putInPlace(fresh, path);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return { path, built: true };
}

async function expectLoads(
  plumed: PlumedInstall,
  plugin: string,
  work: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const problem = await loadProblem(plumed, plugin, work, signal);
  if (problem === undefined) return;
  const symbol = /undefined symbol: ([^\s)]+)/.exec(problem)?.[1];
  if (symbol) throw differentlyCompiled(symbol);
  throw new LatentcvError('tool-failed', `the plugin was built but PLUMED does not load it: ${problem}`);
}
