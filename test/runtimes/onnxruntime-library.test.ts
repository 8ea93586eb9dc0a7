import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync, copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadOnnxRuntime, onnxRuntimePackage } from '../../src/runtimes/index.js';
import { whyNoOnnxRuntime } from '../../src/runtimes/onnxruntime-library.js';
import { packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';

test('ONNX Runtime is that of the package', () => {
  assert.ok(existsSync(join(onnxRuntimePackage(), 'bin')));
  assert.match(loadOnnxRuntime().env.versions.node ?? '', /^\d+\.\d+/);
});

test('where there is none for a system, that is said and what to do', () => {
  for (const [machine, message, hint] of [
    [
      { platform: 'darwin', arch: 'arm64' },
      /expected ONNX Runtime's library for Linux with glibc, on x64 or arm64, but this is darwin on arm64$/,
      /npm install onnxruntime-node@\d+\.\d+\.\d+$/,
    ],
    [{ platform: 'linux', arch: 'riscv64', libc: 'glibc' }, /but this is linux on riscv64$/, /npm install/],
    [{ platform: 'linux', arch: 'x64', libc: 'musl' }, /but this is linux on x64 with musl$/, /with glibc/],
    [{ platform: 'linux', arch: 'x64', libc: 'glibc' }, /does not load: libm\.so: too old$/, /npm install/],
  ] as const) {
    const error = whyNoOnnxRuntime('libm.so: too old\n- somewhere', machine);
    assert.equal(error.code, 'missing-tool');
    assert.match(error.message, message);
    assert.match(error.hint ?? '', hint);
  }
});

test('one that stands beside the package is taken where that has none for the machine', () => {
  const modules = join(temporaryFolder('beside'), 'node_modules');
  const own = join(modules, 'latentcv', 'node_modules', 'onnxruntime-node');
  const beside = join(modules, 'onnxruntime-node');
  for (const folder of [own, beside, join(modules, 'latentcv', 'native')])
    mkdirSync(folder, { recursive: true });
  for (const folder of [own, beside]) writeFileSync(join(folder, 'package.json'), '{}');
  const build = join(modules, 'latentcv', 'native', 'build.cjs');
  copyFileSync(join(packageRoot(), 'native', 'build.cjs'), build);
  const { onnxruntime, onnxruntimePackage } = createRequire(import.meta.url)(build) as {
    onnxruntime: () => string;
    onnxruntimePackage: () => string;
  };
  assert.deepEqual([onnxruntimePackage(), onnxruntime()], [own, '']);
  const library = (folder: string) =>
    join(folder, 'bin', 'napi-v6', process.platform, process.arch, 'libonnxruntime.so.1');
  for (const folder of [beside, own]) {
    mkdirSync(join(library(folder), '..'), { recursive: true });
    writeFileSync(library(folder), '');
    assert.deepEqual([onnxruntimePackage(), onnxruntime()], [folder, library(folder)]);
  }
});
