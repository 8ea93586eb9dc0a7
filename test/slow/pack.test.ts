import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';

/**
 * What a user gets: the tarball, installed in an empty folder of its own, with a cache of its own, and without any script
 * of a package.
 */
suite('the packed package', () => {
  const folder = temporaryFolder('pack');
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    LATENTCV_CACHE: join(folder, 'cache'),
    ...plumedOfTheCheckout(),
  };
  const installed = join(folder, 'node_modules', 'latentcv');
  const latentcvWith = (its: NodeJS.ProcessEnv, ...args: string[]) => {
    const command = join(folder, 'node_modules', '.bin', 'latentcv');
    return spawnSync(process.execPath, [command, ...args], { cwd: folder, encoding: 'utf8', env: its });
  };
  const latentcv = (...args: string[]) => latentcvWith(env, ...args);

  before(() => {
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: packageRoot() });
    const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, tarball)];
    execFileSync('npm', words, { cwd: folder, env });
  });

  test('has the command', () => {
    const { stdout, stderr } = latentcv('--version');
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/, stderr);
  });

  test('has the addon, with no compiler on PATH', () => {
    assert.ok(!existsSync(join(installed, 'build')));
    const onPath = join(folder, 'path');
    mkdirSync(onPath);
    symlinkSync(process.execPath, join(onPath, 'node'));
    const { stdout } = latentcvWith({ ...env, PATH: onPath }, 'doctor', '--json');
    const doctor = JSON.parse(stdout) as { checks: { name: string; state: string; found?: string }[] };
    assert.equal(doctor.checks.find((check) => check.name === 'Node addon')?.state, 'ok');
  });

  test('needs nothing compiled on installation', () => {
    const script = join(installed, 'scripts', 'install.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
      encoding: 'utf8',
      env: { ...env, PATH: '' },
    });
    assert.deepEqual([status, stdout, stderr], [0, '', '']);
  });

  test('says what is missing where no addon fits and nothing compiles one', () => {
    const script = join(installed, 'scripts', 'install.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script], {
      encoding: 'utf8',
      env: { ...env, PATH: '', npm_config_arch: 'mips' },
    });
    assert.equal(status, 0);
    assert.match(stderr, /no Node addon in the package loads here .*arch=mips/);
    assert.match(
      stderr,
      /could not be compiled[^]*C\+\+17 compiler, make and python3[^]*npm rebuild latentcv/,
    );
  });

  test('builds a plugin that PLUMED loads', () => {
    const { stdout, stderr } = latentcv('plugin', '--quiet');
    const path = stdout.trim();
    assert.ok(existsSync(path), stderr);
    // the module's own check: an input that loads it and does nothing else
    writeFileSync(join(folder, 'plumed.dat'), `LOAD FILE={${path}}\n`);
    const script = `
      const { findPlumed, runDriver } = await import('latentcv/plumed');
      await runDriver({ plumed: await findPlumed(), cwd: '.', plumedFile: 'plumed.dat' });
      console.log('loaded');`;
    const driver = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      encoding: 'utf8',
      env,
    });
    assert.equal(driver.stdout, 'loaded\n', driver.stderr);
  });
});

/** The PLUMED that set-up made, where the machine has none of its own: the new folder's cache starts empty. */
function plumedOfTheCheckout(): NodeJS.ProcessEnv {
  if (process.env.PLUMED_KERNEL) return {};
  const prefix = join(packageRoot(), '.cache', 'plumed', 'plumed', '_lib');
  if (!existsSync(prefix)) return {};
  return {
    PLUMED_KERNEL: join(prefix, 'lib', 'libplumedKernel.so'),
    PLUMED_ROOT: join(prefix, 'lib', 'plumed'),
    PATH: `${join(prefix, 'bin')}:${process.env.PATH}`,
    LD_LIBRARY_PATH: [join(prefix, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
  };
}
