import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { loadModel } from '../../src/native/index.js';
import { buildPlugin, pluginPath } from '../../src/programs/plugin.js';
import { findPlumed, type PlumedInstall } from '../../src/programs/plumed-install.js';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import { plugin, plumed } from './driver.js';
import { temporaryFolder } from '../temporary-folder.js';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});
const scratch = temporaryFolder('install');

describe('findPlumed', () => {
  it('takes PLUMED_KERNEL first, with the command beside it', async () => {
    process.env.PLUMED_KERNEL = plumed.kernel;
    process.env.PATH = '/usr/bin:/bin';
    const found = await findPlumed();
    assert.equal(found.source, 'kernel');
    assert.equal(found.kernel, plumed.kernel);
    assert.deepEqual(found.version, plumed.version);
    assert.equal(found.env.PLUMED_KERNEL, plumed.kernel);
    assert.ok(
      execFileSync(found.executable, ['--no-mpi', 'info', '--version'], {
        env: { ...process.env, ...found.env },
      }),
    );
  });

  it('takes plumed on PATH next', async () => {
    delete process.env.PLUMED_KERNEL;
    process.env.PATH = `${dirname(plumed.executable)}:/usr/bin:/bin`;
    const found = await findPlumed();
    assert.equal(found.source, 'path');
    assert.deepEqual(found.version, plumed.version);
  });

  it('takes ours where the one on PATH is too old, and that one where there is no other', async () => {
    const old = join(scratch, 'old');
    for (const folder of ['bin', 'lib', 'include/plumed']) mkdirSync(join(old, folder), { recursive: true });
    writeFileSync(join(old, 'bin', 'plumed'), '#!/bin/sh\necho 2.8.3\n', { mode: 0o755 });
    writeFileSync(join(old, 'lib', 'libplumedKernel.so'), '');
    delete process.env.PLUMED_KERNEL;
    process.env.PATH = `${join(old, 'bin')}:/usr/bin:/bin`;
    const cache = join(scratch, 'cache');
    process.env.LATENTCV_CACHE = cache;
    const alone = await findPlumed();
    assert.deepEqual([alone.source, alone.version], ['path', [2, 8, 3]]);
    mkdirSync(join(cache, 'plumed', 'plumed'), { recursive: true });
    symlinkSync(plumed.prefix, join(cache, 'plumed', 'plumed', '_lib'));
    const found = await findPlumed();
    assert.deepEqual([found.source, found.version], ['cache', plumed.version]);
    assert.match(
      found.note ?? '',
      /^PLUMED 2\.8\.3 at .* is not one that latentcv works with: the .* is used instead$/,
    );
  });

  it('asks a kernel without a command beside it for its version, not another PLUMED on PATH', async () => {
    const [alone, other] = [join(scratch, 'alone'), join(scratch, 'another')];
    for (const folder of [join(alone, 'lib'), join(other, 'bin'), join(other, 'lib', 'plumed')])
      mkdirSync(folder, { recursive: true });
    const kernel = join(alone, 'lib', 'libplumedKernel.so');
    copyFileSync(plumed.kernel, kernel);
    writeFileSync(join(other, 'bin', 'plumed'), '#!/bin/sh\necho 2.10.9\n', { mode: 0o755 });
    symlinkSync(
      join(plumed.libDir, 'plumed', 'plumed-runtime'),
      join(other, 'lib', 'plumed', 'plumed-runtime'),
    );
    process.env.PLUMED_KERNEL = kernel;
    process.env.PATH = `${join(other, 'bin')}:/usr/bin:/bin`;
    process.env.PLUMED_ROOT = join(plumed.libDir, 'plumed');
    // what the wheel's kernel finds beside itself, a copy does not
    process.env.LD_LIBRARY_PATH = join(plumed.prefix, '..', '..', 'hillclimber.libs');
    const found = await findPlumed();
    assert.deepEqual(
      [found.longVersion, found.executable],
      [plumed.longVersion, join(alone, 'bin', 'plumed')],
    );
  });

  it('refuses a command that runs another kernel than the one beside it', async () => {
    const mixed = join(scratch, 'mixed');
    for (const folder of ['bin', 'include/plumed']) mkdirSync(join(mixed, folder), { recursive: true });
    symlinkSync(plumed.libDir, join(mixed, 'lib'));
    writeFileSync(join(mixed, 'bin', 'plumed'), '#!/bin/sh\necho 2.10.9\n', { mode: 0o755 });
    delete process.env.PLUMED_KERNEL;
    process.env.PATH = `${join(mixed, 'bin')}:/usr/bin:/bin`;
    const kernel = join(mixed, 'lib', 'libplumedKernel.so');
    await assert.rejects(findPlumed(), {
      code: 'missing-tool',
      message: `expected one version of PLUMED but ${kernel} is ${plumed.longVersion} and ${join(mixed, 'bin', 'plumed')} runs 2.10.9`,
    });
  });

  const pkgConfig = spawnSync('pkg-config', ['--version']).status === 0 ? false : 'no pkg-config here';
  it('takes the one of pkg-config before ours', { skip: pkgConfig }, async () => {
    const folder = join(scratch, 'pkgconfig');
    mkdirSync(folder);
    const lines = [
      `prefix=${plumed.prefix}`,
      `libdir=${plumed.libDir}`,
      'Name: plumed',
      'Description: x',
      'Version: 1',
    ];
    writeFileSync(join(folder, 'plumed.pc'), `${lines.join('\n')}\n`);
    delete process.env.PLUMED_KERNEL;
    Object.assign(process.env, { PATH: '/usr/bin:/bin', PKG_CONFIG_PATH: folder });
    const found = await findPlumed();
    assert.deepEqual([found.source, found.version], ['pkg-config', plumed.version]);
    assert.equal(realpathSync(found.kernel), realpathSync(plumed.kernel));
  });

  it('says where it looked', async () => {
    process.env.PLUMED_KERNEL = '/nowhere/libplumedKernel.so';
    const message =
      /expected PLUMED's kernel at PLUMED_KERNEL=\/nowhere\/libplumedKernel\.so but there is no file/;
    await assert.rejects(findPlumed(), { code: 'missing-tool', message });
    delete process.env.PLUMED_KERNEL;
    process.env.PATH = '/usr/bin:/bin';
    process.env.LATENTCV_CACHE = scratch;
    await assert.rejects(findPlumed(), { code: 'missing-tool', message: /on PATH or in .* but found none/ });
  });
});

/** A kernel that is not PLUMED's, with headers that are: as one compiled with another C++ library would look. */
function otherKernel(): PlumedInstall {
  const libDir = join(scratch, 'other');
  mkdirSync(libDir, { recursive: true });
  const source = join(libDir, 'empty.cpp');
  writeFileSync(source, 'extern "C" int nothing() { return 0; }\n');
  const kernel = join(libDir, 'libplumedKernel.so');
  execFileSync('c++', ['-shared', '-fPIC', source, '-o', kernel]);
  return { ...plumed, kernel, libDir };
}

describe('buildPlugin', () => {
  it('does nothing where the plugin is there', async () => {
    assert.deepEqual(await buildPlugin(plumed), { path: plugin.path, built: false });
    assert.equal(await pluginPath(plumed), plugin.path);
  });

  it('refuses a PLUMED that is too old, or without headers', async () => {
    await assert.rejects(buildPlugin({ ...plumed, version: [2, 8, 3] }), {
      code: 'missing-tool',
      message: `expected PLUMED 2.9 or later but ${plumed.kernel} is 2.8.3`,
    });
    await assert.rejects(buildPlugin({ ...plumed, includeDir: scratch }), {
      code: 'missing-tool',
      message: `expected PLUMED's headers in ${join(scratch, 'plumed')} but found none`,
    });
  });

  it('refuses PLUMED 3, and headers of another version than the kernel', async () => {
    await assert.rejects(buildPlugin({ ...plumed, version: [3, 0, 0] }), {
      code: 'missing-tool',
      message: `expected PLUMED 2.9 or later, but of PLUMED 2: ${plumed.kernel} is 3.0.0`,
    });
    const includeDir = join(scratch, 'other-headers');
    for (const folder of ['core', 'config'])
      mkdirSync(join(includeDir, 'plumed', folder), { recursive: true });
    writeFileSync(join(includeDir, 'plumed', 'core', 'ActionWithValue.h'), '');
    writeFileSync(join(includeDir, 'plumed', 'config', 'version.h'), '#define PLUMED_VERSION_LONG "2.9.0"\n');
    await assert.rejects(buildPlugin({ ...plumed, includeDir }), {
      code: 'missing-tool',
      message: `expected one version of PLUMED but ${plumed.kernel} is ${plumed.longVersion} and the headers in ${includeDir} are 2.9.0`,
    });
  });

  it('needs no compiler where the plugin is there; other flags are another plugin', async () => {
    process.env.PATH = '/nowhere';
    assert.deepEqual(await buildPlugin(plumed), { path: plugin.path, built: false });
    process.env.CXXFLAGS = '-O1';
    assert.notEqual(await pluginPath(plumed), plugin.path);
  });

  it('says what to set where the cache folder cannot be written', async () => {
    const cache = join(scratch, 'no-folder');
    writeFileSync(cache, '');
    process.env.LATENTCV_CACHE = cache;
    await assert.rejects(buildPlugin(plumed), {
      code: 'tool-failed',
      message: new RegExp(`^expected to write in the cache folder ${cache} but cannot: `),
      hint: /LATENTCV_CACHE/,
    });
  });

  it('builds where cache, headers and kernel have blanks in their paths, from the core that is there', async () => {
    const spaced = join(scratch, 'a cache');
    const [includeDir, libDir] = [join(spaced, 'their include'), join(spaced, 'their lib')];
    mkdirSync(spaced);
    symlinkSync(join(cacheFolder(), 'core'), join(spaced, 'core'));
    symlinkSync(plumed.includeDir, includeDir);
    symlinkSync(plumed.libDir, libDir);
    process.env.LATENTCV_CACHE = spaced;
    const seen: number[] = [];
    const kernel = join(libDir, basename(plumed.kernel));
    const built = await buildPlugin(
      { ...plumed, includeDir, libDir, kernel },
      { onProgress: ({ done }) => seen.push(done) },
    );
    assert.ok(built.built && built.path.startsWith(spaced));
    assert.ok(seen.length > 0 && seen.every((done) => done > 0 && done <= 1), seen.join(' '));
    // with the plugin alone in it, the cache made no core of its own
    assert.deepEqual(readdirSync(spaced).sort(), ['core', 'plugin', 'their include', 'their lib']);
  });

  it('refuses a compiler that does not run', async () => {
    process.env.CXX = '/nowhere/g++';
    await assert.rejects(buildPlugin(plumed), {
      code: 'missing-tool',
      message: /C\+\+ compiler at CXX=\/nowhere\/g\+\+/,
    });
  });

  it('says so where the kernel was compiled differently', async () => {
    const cache = temporaryFolder('cache');
    symlinkSync(join(cacheFolder(), 'core'), join(cache, 'core'));
    process.env.LATENTCV_CACHE = cache;
    await assert.rejects(buildPlugin(otherKernel()), {
      code: 'tool-failed',
      message: /this PLUMED's kernel was compiled differently from the plugin: it has no .*PLMD::/,
      hint: /set CXX to the compiler PLUMED was built with, .*_GLIBCXX_USE_CXX11_ABI=0/,
    });
  });
});

it('the plugin works in an engine that loads the kernel privately, and gives what the addon gives', () => {
  const host = join(scratch, 'host');
  const fixture = join(packageRoot(), 'test', 'fixtures', 'private_host.c');
  execFileSync('cc', ['-I', plumed.includeDir, fixture, '-o', host, '-ldl']);
  const path = join(packageRoot(), 'plumed-plugin', 'regtest', 'rt-atoms-orthorhombic', 'model.onnx');
  const env = { ...process.env, ...plumed.env };
  const printed = execFileSync(host, [plugin.path, path], { env, encoding: 'utf8', cwd: scratch });
  const all = Array.from({ length: 18 }, (_, i) => 0.1 * i + 0.02 * (i % 3) ** 2);
  const used = [2, 3, 5, 6].flatMap((serial) => all.slice(3 * serial - 3, 3 * serial));
  const box = Float64Array.from([3, 0, 0, 0, 3, 0, 0, 0, 3]);
  const { cv } = loadModel(path).evaluateAtoms(Float64Array.from(used), box);
  // the bias is (cv - 0)² for KAPPA=2
  const bias = Number(/^bias (\S+)$/m.exec(printed)?.[1]);
  assert.ok(Math.abs(bias - cv[0] ** 2) < 1e-10, `${bias}, not ${cv[0] ** 2}`);
});
