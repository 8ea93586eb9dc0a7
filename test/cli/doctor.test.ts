import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCli } from './run-cli.js';
import { temporaryFolder } from '../temporary-folder.js';

interface Report {
  healthy: boolean;
  checks: { name: string; state: 'ok' | 'missing' | 'absent'; detail: string; hint?: string }[];
}

const empty = temporaryFolder('doctor');
// a machine with nothing on it but this Node
const bare = { PATH: empty, LATENTCV_CACHE: empty, PLUMED_KERNEL: '', GMX: '' };

test('on a bare machine the doctor names what is missing, how to mend it, and ends with 3', () => {
  const { code, stdout } = runCli(['doctor', '--json'], { env: bare });
  assert.equal(code, 3);
  const { healthy, checks } = JSON.parse(stdout) as Report;
  assert.equal(healthy, false);
  const state = (name: string) => checks.find((check) => check.name === name);
  assert.equal(state('Node')?.state, 'ok');
  assert.equal(state('PLUMED')?.state, 'missing');
  assert.match(state('PLUMED')?.hint ?? '', /npm run setup/);
  assert.equal(state('PLUMED plugin')?.state, 'missing');
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
