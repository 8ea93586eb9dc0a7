import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentcvError } from '../../support/index.js';
import { builtBefore, placeOfPlugin } from './built-before.js';
import { workFolder } from './cache-write.js';
import { differentlyCompiled, type BuildProgress } from './cmake.js';
import { compilePlugin, putInPlace } from './compile-plugin.js';
import { findCompiler } from './find-compiler.js';
import { linkOnnxRuntime } from './link-onnx-runtime.js';
import { loadProblem } from './load-problem.js';
import { machineFlag } from './plugin-sources.js';
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
  /** Told before the compiler starts; and where a plugin is taken that was built with other flags. */
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

/**
 * Where the plugin for this PLUMED is, in the cache folder or in one that is shared, or where buildPlugin puts it.
 * @throws LatentcvError `missing-tool`
 */
export async function pluginPath(plumed?: PlumedInstall): Promise<string> {
  const install = plumed ?? (await findPlumed());
  return (await builtBefore(install))?.path ?? placeOfPlugin(install);
}

/**
 * Compiles the PLUMED plugin for this PLUMED (by default the one findPlumed gives) with the user's compiler, and tries
 * loading it. Does nothing, and needs neither compiler nor headers, where that was done before. The core in it is compiled once
 * for all PLUMEDs.
 * @throws LatentcvError `missing-tool` (PLUMED too old, of two versions or without headers, no compiler, no CMake),
 * `tool-failed` (it does not compile, does not load into this PLUMED, or the cache folder cannot be written), `interrupted`
 */
export async function buildPlugin(plumed?: PlumedInstall, options: BuildOptions = {}): Promise<BuiltPlugin> {
  const install = plumed ?? (await findPlumed());
  expectSupported(install);
  const { rebuild = false, onBuild, onProgress, signal } = options;
  const before = rebuild ? undefined : await builtBefore(install);
  if (before !== undefined) {
    if (before.note !== undefined) onBuild?.(before.note);
    await linkOnnxRuntime(before.path);
    return { path: before.path, built: false };
  }
  await expectHeaders(install);
  const path = placeOfPlugin(install);
  const compiler = await findCompiler(install);
  const work = await workFolder('plugin');
  const { longVersion, kernel } = install;
  onBuild?.(
    `compiling the plugin for PLUMED ${longVersion} at ${kernel} with ${compiler}, once: a minute or two`,
  );
  const ofThisMachine = machineFlag();
  if (ofThisMachine !== undefined)
    onBuild?.(
      `${ofThisMachine} compiles for the processor of this machine: on others the plugin may not run`,
    );
  try {
    const fresh = await compilePlugin(install, work, { compiler, rebuild, onProgress, signal });
    await expectLoads(install, fresh, work, signal);
    await putInPlace(fresh, path);
    await linkOnnxRuntime(path);
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
