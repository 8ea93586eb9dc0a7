import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePlumedInput } from '../../../src/plumed/parse-input.js';
import { restarted, restartFile, restartOfAll } from '../../../src/plumed/restarts/restart-files.js';

const parse = (text: string) => parsePlumedInput(text).all;
const fileOf = (line: string) => restartFile(parse(line)[0]);

test('the file that a bias goes on from: its state, its kernels, or the name that PLUMED gives them', () => {
  assert.equal(fileOf('OPES_METAD ARG=a FILE=K STATE_RFILE=S'), 'S');
  assert.equal(fileOf('OPES_METAD_EXPLORE ARG=a FILE=K'), 'K');
  assert.equal(fileOf('OPES_METAD ARG=a'), 'KERNELS');
  assert.equal(fileOf('METAD ARG=a'), 'HILLS');
  assert.equal(fileOf('PRINT ARG=a FILE=X'), undefined);
});

test('of several walkers each has its own', () => {
  assert.equal(fileOf('METAD ARG=a FILE=H WALKERS_N=4 WALKERS_ID=2 WALKERS_DIR=../w'), '../w/H.2');
  assert.equal(fileOf('METAD ARG=a FILE=H WALKERS_N=4'), 'H.0');
  assert.equal(fileOf('METAD ARG=a FILE=H WALKERS_N=1 WALKERS_ID=0'), 'H');
});

test('a statement restarts by its own word, else by that of the input', () => {
  const lines = 'm: METAD ARG=a RESTART=NO\nn: METAD ARG=a restart=yes\no: METAD ARG=a\n';
  const labels = (text: string) => restarted(parse(text)).map(({ label, action }) => label ?? action);
  assert.deepEqual(labels(lines), ['n']);
  assert.deepEqual(labels(`RESTART\n${lines}`), ['RESTART', 'n', 'o']);
  assert.equal(restartOfAll(parse('RESTART NO\n')), undefined);
});
