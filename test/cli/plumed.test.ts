import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeModelFile } from '../../src/onnx/index.js';
import { smallModel } from '../onnx/models.js';
import { runCli } from './run-cli.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('plumed');
const model = join(folder, 'model.onnx');
writeFileSync(model, writeModelFile(smallModel()));
const input = join(folder, 'plumed.dat');
const lines = ['# mine', 'phi: TORSION ATOMS=5,7,9,15', 'PRINT ARG=phi FILE=PHI', ''];
writeFileSync(input, lines.join('\n'));
const common = ['plumed', input, '--model', model, '--plugin', '/opt/plugin.so'];

test('the learned CV and its bias are added, and every line kept', () => {
  const output = join(folder, 'biased.dat');
  const { code, stderr } = runCli([...common, '--barrier', '40', '--components', 'node-0', '-o', output]);
  assert.equal(code, 0, stderr);
  const text = readFileSync(output, 'utf8').split('\n');
  assert.deepEqual(
    text.filter((line) => lines.includes(line) && line !== ''),
    lines.slice(0, 3),
  );
  for (const line of [
    /^LOAD FILE=\/opt\/plugin\.so$/,
    /^cv: ONNX_MODEL FILE=\S+model\.onnx ATOMS=5,7,9,15$/,
    /^opes: OPES_METAD ARG=cv\.node-0 PACE=500 BARRIER=40 /,
    /^PRINT ARG=cv\.node-0,cv\.node-1,opes\.bias STRIDE=500 FILE=COLVAR$/,
  ]) {
    assert.ok(
      text.some((written) => line.test(written)),
      `${line}\n${text.join('\n')}`,
    );
  }
  assert.match(stderr, /wrote .*biased\.dat; frames will go to COLVAR/);
});

test('without --output the input is printed, and nothing else goes to the same place', () => {
  const { code, stdout } = runCli([
    ...common,
    '--bias',
    'metad',
    '--height',
    '1',
    '--sigma',
    '0.1,0.2',
    '--bias-factor',
    '8',
  ]);
  assert.equal(code, 0);
  assert.match(stdout, /^# mine/m);
  assert.match(stdout, /METAD ARG=cv\.node-0,cv\.node-1 .*HEIGHT=1 SIGMA=0\.1,0\.2 BIASFACTOR=8/);
});

test("the help's own example: one width is that of every component", () => {
  const words = '--bias metad --height 1 --sigma 0.1 --bias-factor 10'.split(' ');
  const { code, stdout, stderr } = runCli([...common, ...words]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /METAD ARG=cv\.node-0,cv\.node-1 .*HEIGHT=1 SIGMA=0\.1,0\.1 BIASFACTOR=10/);
});

test('a model that knows its atoms needs no input; one asked to take labels does', () => {
  const alone = ['plumed', '--model', model, '--plugin', '/opt/plugin.so', '--barrier', '40'];
  const { code, stdout } = runCli(alone);
  assert.equal(code, 0);
  assert.deepEqual(
    stdout.split('\n').flatMap((line) => /^(?:\w+: )?([A-Z_]+) /.exec(line)?.[1] ?? []),
    ['LOAD', 'ONNX_MODEL', 'OPES_METAD', 'PRINT'],
  );
  const { code: refused, stderr } = runCli([...alone, '--mode', 'arg']);
  assert.equal(refused, 1);
  assert.match(stderr, /expected the labels? /);
});

test('--json tells labels, columns and files', () => {
  const { stdout } = runCli([...common, '--bias', 'none', '--also', 'phi', '--json']);
  const result = JSON.parse(stdout) as { mode: string; columns: string[]; colvar: string };
  assert.deepEqual([result.mode, result.colvar], ['atoms', 'COLVAR']);
  assert.deepEqual(result.columns, ['phi', 'cv.node-0', 'cv.node-1']);
});

test('what the model needs and the input lacks is refused with its name', () => {
  const { code, stderr } = runCli([...common, '--barrier', '40', '--mode', 'arg']);
  assert.equal(code, 1);
  assert.match(stderr, /^error: .*d_5_7.*plumed\.dat/);
});

test('--kt is for natural units', () => {
  const natural = join(folder, 'natural.dat');
  writeFileSync(natural, ['UNITS NATURAL', ...lines].join('\n'));
  const options = ['--model', model, '--plugin', '/opt/plugin.so', '--barrier', '2', '--kt', '0.1'];
  const { code, stdout, stderr } = runCli(['plumed', natural, ...options]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, / BARRIER=2 TEMP=0\.1 /);
  const { code: refused, stderr: told } = runCli(['plumed', input, ...options]);
  assert.equal(refused, 1);
  assert.match(told, /expected UNITS NATURAL [^]*hint: add UNITS NATURAL/);
});

test('a missing input is named', () => {
  const { code, stderr } = runCli([
    'plumed',
    'nowhere.dat',
    '--model',
    model,
    '--bias',
    'none',
    '--plugin',
    'p.so',
  ]);
  assert.equal(code, 1);
  assert.match(stderr, /nowhere\.dat/);
});
