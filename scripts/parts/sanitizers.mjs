// Builds of the native side with sanitizers, each in a folder of its own that is kept.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findPlumed, run } from './library.mjs';
import { cache, root } from './paths.mjs';

export const sanitizedFolder = (name) => join(cache, 'sanitize', name);

// -O1: the tests run for seconds, compiling them is what takes time
async function build(name, definitions, target) {
  const folder = sanitizedFolder(name);
  const all = {
    CMAKE_BUILD_TYPE: 'Debug',
    CMAKE_CXX_FLAGS_DEBUG: '-O1',
    LATENTCV_AT_ONCE: 'ON',
    ...definitions,
  };
  const words = Object.entries(all).map(([key, value]) => `-D${key}=${value}`);
  await run(`sanitize-${name}-configure`, 'cmake', ['-S', root, '-B', folder, ...words]);
  const jobs = ['--parallel', String(availableParallelism())];
  await run(`sanitize-${name}`, 'cmake', ['--build', folder, ...jobs, '--target', ...target.split(' ')]);
}

/** The addon in the folder of AddressSanitizer. */
export const sanitizedAddon = () => join(sanitizedFolder('address'), 'Debug', 'latentcv.node');

/**
 * What a process needs whose program has no sanitizer but loads something of ours that has: the library before all
 * others, and no word of what is left at the end, which is not ours to mend (V8, PLUMED).
 */
export function sanitizedEnv() {
  const compiler = process.env.CXX ?? 'c++';
  const { stdout } = spawnSync(compiler, ['-print-file-name=libasan.so'], { encoding: 'utf8' });
  return { LD_PRELOAD: stdout.trim(), ASAN_OPTIONS: 'detect_leaks=0', LATENTCV_ADDON: sanitizedAddon() };
}

/** Core, its tests, the addon, the fuzzer and the plugin with AddressSanitizer and UBSan. Throws where it does not compile. */
export async function buildWithAddressSanitizer(target = 'all') {
  const { includeDir, libDir } = await findPlumed();
  const definitions = {
    LATENTCV_SANITIZE: 'address,undefined',
    LATENTCV_FUZZ: 'ON',
    LATENTCV_PLUGIN: 'ON',
    PLUMED_INCLUDE_DIR: includeDir,
    PLUMED_LIBRARY_DIR: libDir,
    // what cmake-js gives the addon
    CMAKE_JS_INC: createRequire(import.meta.url)('node-api-headers').include_dir,
  };
  await build('address', definitions, target);
}

/** Core and readers with the tests of several threads under ThreadSanitizer. Throws where it does not compile. */
export const buildWithThreadSanitizer = () =>
  build('thread', { LATENTCV_SANITIZE: 'thread' }, 'core-threads trajectories-reading');
