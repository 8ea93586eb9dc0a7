import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { findPlumed } from '../../../src/programs/index.js';
import { plumed } from '../../plugin/driver.js';
import { temporaryFolder } from '../../temporary-folder.js';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});
const scratch = temporaryFolder('find-plumed');

/** A machine whose variables name no PLUMED. */
function unnamed(): void {
  for (const name of ['PLUMED_KERNEL', 'PLUMED_ROOT', 'LD_LIBRARY_PATH']) delete process.env[name];
}

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
    unnamed();
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
    unnamed();
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
    unnamed();
    process.env.PATH = `${join(mixed, 'bin')}:/usr/bin:/bin`;
    const kernel = join(mixed, 'lib', 'libplumedKernel.so');
    await assert.rejects(findPlumed(), {
      code: 'missing-tool',
      message: `expected one version of PLUMED but ${kernel} is ${plumed.longVersion} and ${join(mixed, 'bin', 'plumed')} runs 2.10.9`,
    });
  });

  it('takes the one that a module names by PLUMED_ROOT, its own folder or the prefix', async () => {
    for (const root of [join(plumed.libDir, 'plumed'), plumed.prefix]) {
      unnamed();
      Object.assign(process.env, { PATH: '/usr/bin:/bin', PLUMED_ROOT: root });
      const found = await findPlumed();
      assert.deepEqual([found.source, found.version], ['root', plumed.version]);
      assert.equal(realpathSync(found.executable), realpathSync(plumed.executable));
    }
  });

  it('takes the one to which LD_LIBRARY_PATH alone leads, with headers and command', async () => {
    unnamed();
    Object.assign(process.env, { PATH: '/usr/bin:/bin', LD_LIBRARY_PATH: `:${scratch}:${plumed.libDir}` });
    const found = await findPlumed();
    assert.deepEqual([found.source, found.longVersion], ['library-path', plumed.longVersion]);
    assert.equal(realpathSync(found.includeDir), realpathSync(plumed.includeDir));
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
    unnamed();
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
    unnamed();
    process.env.PATH = '/usr/bin:/bin';
    process.env.LATENTCV_CACHE = scratch;
    await assert.rejects(findPlumed(), {
      code: 'missing-tool',
      message: /on PATH, .* or in .* but found none/,
    });
  });
});
