import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';

/** What a user gets: the tarball, installed in an empty folder of its own, with a cache of its own. */
suite('the packed package', () => {
  const folder = temporaryFolder('pack');
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    // ONNX Runtime's own script would fetch GPU libraries from elsewhere; the CPU library is in the package
    ONNXRUNTIME_NODE_INSTALL: 'skip',
    LATENTCV_CACHE: join(folder, 'cache'),
    ...plumedOfTheCheckout(),
  };
  const latentcv = (...args: string[]) =>
    spawnSync('npx', ['--no-install', 'latentcv', ...args], { cwd: folder, encoding: 'utf8', env });
  const installed = join(folder, 'node_modules', 'latentcv');

  before(() => {
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: packageRoot() });
    const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', join(folder, tarball)], { cwd: folder, env });
  });

  test('has the command', () => {
    const { stdout, stderr } = latentcv('--version');
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/, stderr);
  });

  test('has the addon, built on installation', () => {
    assert.ok(existsSync(join(installed, 'build', 'Release', 'latentcv.node')));
    const doctor = JSON.parse(latentcv('doctor', '--json').stdout) as {
      checks: { name: string; state: string }[];
    };
    assert.equal(doctor.checks.find((check) => check.name === 'Node addon')?.state, 'ok');
  });

  test('builds a plugin that PLUMED loads', () => {
    const { stdout, stderr } = latentcv('plugin', '--quiet');
    const path = stdout.trim();
    assert.ok(existsSync(path), stderr);
    // the module's own check: an input that loads it and does nothing else
    writeFileSync(join(folder, 'plumed.dat'), `LOAD FILE={${path}}\n`);
    const script = `
      const { findPlumed, runDriver } = await import('latentcv');
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
