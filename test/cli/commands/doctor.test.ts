import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expectNode } from '../../../src/cli/commands/doctor/checks.js';
import { findPlumed } from '../../../src/programs/index.js';
import { cacheFolder } from '../../../src/support/folders.js';
import { runCli } from '../run-cli.js';
import { temporaryFolder } from '../../temporary-folder.js';

interface Report {
  healthy: boolean;
  checks: { name: string; state: 'ok' | 'missing' | 'absent'; detail: string; hint?: string }[];
}

const empty = temporaryFolder('doctor');
// a machine with nothing on it but this Node
const bare = {
  PATH: empty,
  LATENTCV_CACHE: empty,
  LATENTCV_SITE: '',
  PLUMED_KERNEL: '',
  PLUMED_ROOT: '',
  LD_LIBRARY_PATH: '',
  GMX: '',
  CHEMFILES: '/nowhere/libchemfiles.so',
};

test('on a bare machine the doctor names what is missing, how to mend it, and ends with 3', () => {
  const { code, stdout } = runCli(['doctor', '--json'], { env: bare });
  assert.equal(code, 3);
  const { healthy, checks } = JSON.parse(stdout) as Report;
  assert.equal(healthy, false);
  const state = (name: string) => checks.find((check) => check.name === name);
  assert.equal(state('Node')?.state, 'ok');
  assert.equal(state('PLUMED')?.state, 'missing');
  assert.match(state('PLUMED')?.hint ?? '', /latentcv setup plumed/);
  assert.equal(state('PLUMED plugin')?.state, 'missing');
  assert.equal(state('PLUMED modules')?.state, 'absent');
  assert.equal(state('chemfiles')?.state, 'absent');
  assert.match(state('chemfiles')?.detail ?? '', /does not load \(.*\/nowhere\/libchemfiles\.so/);
  assert.match(state('chemfiles')?.hint ?? '', /latentcv setup chemfiles fetches it; or set CHEMFILES/);
  assert.equal(state('GROMACS')?.state, 'absent');
  assert.equal(state('Python')?.state, 'absent');
});

test('in words, every part has its line', () => {
  const { stdout } = runCli(['doctor'], { env: bare });
  assert.match(stdout, /^ok +Node +v\d+/m);
  assert.match(stdout, /^MISSING +PLUMED .*\n +→ /m);
});

test('a kernel that is not there ends a command that needs PLUMED with 3', () => {
  const { code, stderr } = runCli(['plugin'], {
    env: { ...bare, PLUMED_KERNEL: '/nowhere/libplumedKernel.so' },
  });
  assert.equal(code, 3);
  assert.match(stderr, /^error: .*PLUMED_KERNEL=\/nowhere/);
});

test('a plugin that is not built yet is no fault where a compiler is, and one without a compiler', async () => {
  const { kernel } = await findPlumed();
  const path = process.env.PATH ?? '';
  const plugin = (env: NodeJS.ProcessEnv) => {
    const asked = { ...bare, PLUMED_KERNEL: kernel, PATH: path, ...env };
    const { checks } = JSON.parse(runCli(['doctor', '--json'], { env: asked }).stdout) as Report;
    return checks.find(({ name }) => name === 'PLUMED plugin')!;
  };
  const { state, detail } = plugin({});
  assert.equal(state, 'ok', detail);
  assert.match(detail, /^not built yet for this PLUMED: the first command that needs it compiles it/);
  const without = plugin({ CXX: '/nowhere/c++' });
  assert.equal(without.state, 'missing');
  assert.match(without.detail, /CXX=\/nowhere\/c\+\+/);
});

test('chemfiles is told with its version and where it is', () => {
  const library = join(cacheFolder(), 'chemfiles', 'libchemfiles.so');
  const { stdout } = runCli(['doctor', '--json'], { env: { ...bare, CHEMFILES: library } });
  const { checks } = JSON.parse(stdout) as Report;
  const { state, detail } = checks.find(({ name }) => name === 'chemfiles')!;
  assert.equal(state, 'ok', detail);
  assert.match(detail, /^0\.10\.\d+ at .*libchemfiles\.so, as CHEMFILES says$/);
});

test('a library that is no chemfiles is told apart', () => {
  const other = join(empty, 'libchemfiles.so');
  writeFileSync(other, 'no library');
  const { stdout } = runCli(['doctor', '--json'], { env: { ...bare, CHEMFILES: other } });
  const { checks } = JSON.parse(stdout) as Report;
  const { state, detail } = checks.find(({ name }) => name === 'chemfiles')!;
  assert.equal(state, 'absent');
  assert.match(detail, /does not load/);
});

test('Node is as new as package.json asks for', () => {
  assert.doesNotThrow(() => expectNode('v20.17.0'));
  assert.doesNotThrow(() => expectNode('v22.0.1'));
  assert.throws(() => expectNode('v20.16.0'), /expected Node 20\.17 or later but this is v20\.16\.0/);
  assert.throws(() => expectNode('v18.20.0'), /expected Node 20\.17/);
});
