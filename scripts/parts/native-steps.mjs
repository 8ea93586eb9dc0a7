// What CMake builds of set-up's steps, and the plugin, which the library builds.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { libraryFile } from './library.mjs';
import { cache, nativeTestsFolder, packageScript, root } from './paths.mjs';

const cores = String(availableParallelism());

/** @typedef {import('../../dist/src/setup/index.js').Run} Run */

/** The C++ tests, by cmake-js, which knows Node's headers. @param {Run} run */
export async function buildNativeTests(run) {
  // a CMake folder remembers where it was made for; that of another checkout has to start again
  const notes = join(nativeTestsFolder, 'CMakeCache.txt');
  const text = existsSync(notes) ? readFileSync(notes, 'utf8') : '';
  const made = /^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$/m.exec(text)?.[1];
  if (made !== undefined && join(made, '/') !== root) rmSync(nativeTestsFolder, { recursive: true });
  const cmakeJs = packageScript('cmake-js', 'bin', 'cmake-js');
  // the addon is node-gyp's
  const choices = ['--CDLATENTCV_ADDON=OFF', '--CDLATENTCV_AT_ONCE=ON'];
  const words = ['compile', '--out', nativeTestsFolder, ...choices, '--parallel', cores];
  await run(process.execPath, [cmakeJs, ...words]);
}

/** The program of bench/native. @param {Run} run */
export async function buildNativeBench(run) {
  const folder = join(cache, 'native-bench');
  rmSync(folder, { recursive: true, force: true });
  const options = ['-DCMAKE_BUILD_TYPE=Release', '-DLATENTCV_BENCH=ON', '-DLATENTCV_TESTS=OFF'];
  await run('cmake', ['-S', root, '-B', folder, ...options]);
  await run('cmake', ['--build', folder, '--parallel', cores]);
}

/** The plugin for the PLUMED that the library finds, in a process of its own, whose output is a log. @param {Run} run */
export function buildPlugin(run) {
  const library = JSON.stringify(libraryFile('programs'));
  const script = `const { buildPlugin } = await import(${library}); console.log(await buildPlugin());`;
  return run(process.execPath, ['--input-type=module', '-e', script]);
}
