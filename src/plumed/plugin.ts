import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { LatentcvError } from '../support/errors.js';
import { cacheFolder, packageRoot } from '../support/folders.js';
import { findCompiler } from './plugin-compiler.js';
import { loadProblem } from './plugin-loads.js';
import { pluginKey } from './plugin-sources.js';
import { findPlumed, isSupported, oldestPlumed, type PlumedInstall } from './plumed-install.js';
import { onPath } from './probe.js';
import { runProcess } from './run-process.js';

export interface BuiltPlugin {
  /** `libLatentcvPlumed.so`, for PLUMED's LOAD. */
  path: string;
  /** Whether it was compiled just now, or found. */
  built: boolean;
}

export interface BuildOptions {
  /** Compiles it again even where it is there. */
  rebuild?: boolean;
  /** Told before the compiler starts, which takes about half a minute. */
  onBuild?: (message: string) => void;
  signal?: AbortSignal;
}

const fileName = 'libLatentcvPlumed.so';
function expectBuildable(plumed: PlumedInstall): void {
  const { version, includeDir, kernel } = plumed;
  if (!isSupported(plumed)) {
    const problem = `expected PLUMED ${oldestPlumed.join('.')} or later but ${kernel} is ${version.join('.')}`;
    throw new LatentcvError(
      'missing-tool',
      problem,
      'install a newer PLUMED, or unset PLUMED_KERNEL to use ours',
    );
  }
  if (!existsSync(join(includeDir, 'plumed', 'core', 'ActionWithValue.h'))) {
    const problem = `expected PLUMED's headers in ${join(includeDir, 'plumed')} but found none`;
    throw new LatentcvError(
      'missing-tool',
      problem,
      'install the package with its headers (such as plumed-devel)',
    );
  }
}

async function placeFor(plumed: PlumedInstall, compiler: string): Promise<string> {
  return Promise.resolve(join(cacheFolder(), 'plugin', pluginKey(plumed, compiler), fileName));
}

/** Where buildPlugin puts the plugin for this PLUMED, whether or not it is there yet. Throws `missing-tool`. */
export async function pluginPath(plumed?: PlumedInstall): Promise<string> {
  const install = plumed ?? (await findPlumed());
  return placeFor(install, await findCompiler(install));
}

/**
 * Compiles the PLUMED plugin for this PLUMED (by default the one findPlumed gives) with the user's compiler, and tries
 * loading it. Does nothing where that was done before. Throws `missing-tool` (PLUMED too old or without headers, no
 * compiler, no CMake), `tool-failed` (it does not compile, or does not load into this PLUMED).
 */
export async function buildPlugin(plumed?: PlumedInstall, options: BuildOptions = {}): Promise<BuiltPlugin> {
  const install = plumed ?? (await findPlumed());
  expectBuildable(install);
  const compiler = await findCompiler(install);
  const path = await placeFor(install, compiler);
  if (existsSync(path) && !options.rebuild) return { path, built: false };
  options.onBuild?.(`compiling the plugin for PLUMED ${install.version.join('.')} with ${compiler}`);
  await mkdir(join(cacheFolder(), 'plugin'), { recursive: true });
  const work = await mkdtemp(join(cacheFolder(), 'plugin', 'build-'));
  try {
    const fresh = await compile(install, compiler, work, options.signal);
    await expectLoads(install, fresh, work);
    await putInPlace(fresh, path);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return { path, built: true };
}

/** Written beside and renamed: another process that builds the same sees all of it or nothing. */
async function putInPlace(fresh: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}`;
  await copyFile(fresh, beside);
  await rename(beside, path);
}

async function compile(
  { includeDir, libDir }: PlumedInstall,
  compiler: string,
  work: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const cmake = await onPath('cmake');
  if (cmake === undefined)
    throw new LatentcvError('missing-tool', 'expected cmake on PATH but found none', 'install cmake');
  const define = {
    CMAKE_CXX_COMPILER: compiler,
    CMAKE_BUILD_TYPE: 'Release',
    LATENTCV_TESTS: 'OFF',
    LATENTCV_PLUGIN: 'ON',
    PLUMED_INCLUDE_DIR: includeDir,
    PLUMED_LIBRARY_DIR: libDir,
  };
  const definitions = Object.entries(define).map(([name, value]) => `-D${name}=${value}`);
  await step(cmake, ['-S', packageRoot(), '-B', work, ...definitions], work, 'configure.log', signal);
  await step(
    cmake,
    ['--build', work, '--parallel', String(availableParallelism())],
    work,
    'compile.log',
    signal,
  );
  return join(work, 'plumed-plugin', fileName);
}

async function step(
  command: string,
  args: string[],
  work: string,
  log: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const logPath = join(work, log);
  try {
    await runProcess({ command, args, cwd: work, logPath, signal });
  } catch (error) {
    throw error instanceof LatentcvError && error.code === 'tool-failed'
      ? await compileError(logPath)
      : error;
  }
}

/** The compiler's own words, kept where they can be read; and what an undefined reference of PLUMED's means. */
async function compileError(logPath: string): Promise<LatentcvError> {
  const text = await readFile(logPath, 'utf8');
  const kept = join(cacheFolder(), 'plugin', 'build.log');
  await writeFile(kept, text);
  const undefinedReference = /undefined reference to `([^']*PLMD::[^']*)'/.exec(text)?.[1];
  if (undefinedReference) return differentlyCompiled(undefinedReference, kept);
  const first = /^.*(?:error|Error):? .*$/m.exec(text)?.[0].trim() ?? 'see the log';
  return new LatentcvError(
    'tool-failed',
    `the plugin does not compile: ${first}`,
    `all the compiler said is in ${kept}`,
  );
}

function differentlyCompiled(symbol: string, log?: string): LatentcvError {
  return new LatentcvError(
    'tool-failed',
    `this PLUMED's kernel was compiled differently from the plugin: it has no ${symbol}`,
    'set CXX to the compiler PLUMED was built with, or CXXFLAGS=-D_GLIBCXX_USE_CXX11_ABI=0 for an older C++ ABI' +
      (log === undefined ? '' : `; all the compiler said is in ${log}`),
  );
}

async function expectLoads(plumed: PlumedInstall, plugin: string, work: string): Promise<void> {
  const problem = await loadProblem(plumed, plugin, work);
  if (problem === undefined) return;
  const symbol = /undefined symbol: (\S+)/.exec(problem)?.[1];
  if (symbol) throw differentlyCompiled(symbol);
  throw new LatentcvError('tool-failed', `the plugin was built but PLUMED does not load it: ${problem}`);
}
