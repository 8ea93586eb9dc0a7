import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { type } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findPlumed } from '../../src/programs/index.js';
import { packageVersion } from '../../src/support/version.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runCli } from './run-cli.js';

type Parts = Record<string, Record<string, unknown>>;

test('--version --json tells every part and where it is', async () => {
  const { code, stdout, stderr } = runCli(['--version', '--json']);
  assert.equal(code, 0, stderr);
  const parts = JSON.parse(stdout) as Parts;
  assert.deepEqual(Object.keys(parts), [
    'latentcv',
    'node',
    'addon',
    'onnxRuntime',
    'chemfiles',
    'plumed',
    'gromacs',
    'lammps',
    'system',
  ]);
  assert.equal(parts.latentcv.version, packageVersion());
  assert.deepEqual(parts.node, { version: process.versions.node, path: process.execPath });
  assert.match(String(parts.addon.path), /\.node$/);
  const { longVersion, kernel } = await findPlumed();
  assert.deepEqual([parts.plumed.version, parts.plumed.path], [longVersion, kernel]);
  for (const { path } of Object.values(parts))
    if (typeof path === 'string') assert.ok(existsSync(path), path);
  assert.equal(parts.system.name, type());
  assert.deepEqual(runCli(['--json', '-V']).stdout, stdout);
});

test('a part that is not there has its problem in place of a version', () => {
  const none = join(temporaryFolder('versions'), 'none');
  const { code, stdout } = runCli(['--version', '--json'], {
    env: { PLUMED_KERNEL: none, GMX: none, LATENTCV_ADDON: none },
  });
  assert.equal(code, 0);
  const parts = JSON.parse(stdout) as Parts;
  for (const part of ['plumed', 'gromacs', 'addon']) {
    assert.deepEqual(Object.keys(parts[part]), ['problem']);
    assert.ok(String(parts[part].problem).includes(none), part);
  }
});

test('--version alone is one line, also of a command', () => {
  for (const args of [['--version'], ['-V'], ['train', '--version']])
    assert.equal(runCli(args).stdout, `${packageVersion()}\n`);
});
