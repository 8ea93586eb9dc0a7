// Builds of the native side with sanitizers, each in a folder of its own that is kept.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findPlumed } from './library.mjs';
import { cache, root } from './paths.mjs';
import { run } from './run.mjs';

export const sanitizedFolder = (name) => join(cache, 'sanitize', name);

// -O1: the tests run for seconds, compiling them is what takes time
async function build(name, definitions, target) {
  const folder = sanitizedFolder(name);
  const all = { CMAKE_BUILD_TYPE: 'Debug', CMAKE_CXX_FLAGS_DEBUG: '-O1', ...definitions };
  const words = Object.entries(all).map(([key, value]) => `-D${key}=${value}`);
  await run(`sanitize-${name}-configure`, 'cmake', ['-S', root, '-B', folder, ...words]);
  const jobs = ['--parallel', String(availableParallelism())];
  await run(`sanitize-${name}`, 'cmake', ['--build', folder, ...jobs, '--target', target]);
}

/** Core, its tests, the fuzzer and the plugin with AddressSanitizer and UBSan. Throws StepError. */
export async function buildWithAddressSanitizer(target = 'all') {
  const { includeDir, libDir } = await findPlumed();
  const definitions = {
    LATENTCV_SANITIZE: 'address,undefined',
    LATENTCV_FUZZ: 'ON',
    LATENTCV_PLUGIN: 'ON',
    PLUMED_INCLUDE_DIR: includeDir,
    PLUMED_LIBRARY_DIR: libDir,
  };
  await build('address', definitions, target);
}

/** Core and the test of several threads with ThreadSanitizer. Throws StepError. */
export const buildWithThreadSanitizer = () =>
  build('thread', { LATENTCV_SANITIZE: 'thread' }, 'threads_test');
