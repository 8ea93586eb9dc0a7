// The core as a static library for plugins, compiled by this machine's compiler; `latentcv plugin` links it where a program
// that it tries works, and compiles the core elsewhere.
// usage: node scripts/parts/prebuilt-core.mjs    then: prebuilds/PLATFORM-ARCH/liblatentcv_core.a, and its key beside it
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

const name = 'liblatentcv_core.a';
const work = mkdtempSync(join(tmpdir(), 'latentcv-core-'));

function cmake(...words) {
  const { status } = spawnSync('cmake', words, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`cmake ${words.join(' ')} failed`);
}

try {
  cmake('-S', root, '-B', work, '-DLATENTCV_TESTS=OFF', '-DLATENTCV_PREBUILT=ON');
  const jobs = ['--parallel', String(availableParallelism())];
  cmake('--build', work, '--target', 'latentcv_core', ...jobs);
  const folder = join(root, 'prebuilds', `${process.platform}-${process.arch}`);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(work, name), join(folder, name));
  const sources = pathToFileURL(join(root, 'dist', 'src', 'programs', 'plugin', 'plugin-sources.js')).href;
  writeFileSync(join(folder, `${name}.key`), (await import(sources)).coreSourcesKey());
} finally {
  rmSync(work, { recursive: true, force: true });
}
