import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { input, matmul, constant, softmax, transpose } from '../../../../src/graph/index.js';
import { readModelFile, writeOnnx } from '../../../../src/onnx/index.js';
import { foreignFixtures } from '../../../fixtures/foreign.js';
import { runCli } from '../../run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'latentcv-differentiate-'));
after(() => rmSync(folder, { recursive: true }));
const output = join(folder, 'model.onnx');
const pathOf = (name: string) => foreignFixtures().find((fixture) => fixture.name === name)!.path;

test('a network from PyTorch becomes a model file that says what it was told', () => {
  const list = join(folder, 'inputs.txt');
  const facts = ['phi unit=rad period=-pi..pi', 'd1 unit=nm range=0.1..0.9 # a bond', 'd2', 'd3', 'd4', 'd5'];
  writeFileSync(list, facts.join('\n') + '\n');
  const { code, stdout, stderr } = runCli([
    'differentiate',
    pathOf('torch-path'),
    ...['-o', output, '--inputs-file', list, '--cv-names', 's,z', '--range', 'd2=0..2'],
  ]);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /the file has no ranges of inputs, for OUTSIDE, as those of d3, d4, d5 are not known/);
  assert.match(stdout, /inputs: phi, d1, d2, d3, d4, d5/);
  assert.match(stdout, /derivatives agree with central differences to \d\.\de-1?\d/);
  assert.match(stdout, /ONNX_MODEL FILE=.*model\.onnx ARG=phi,d1,d2,d3,d4,d5/);
  assert.match(stderr, /ranges of the CVs are those of random inputs/);
  const { metadata } = readModelFile(readFileSync(output));
  assert.deepEqual(metadata!.inputs.slice(0, 3), [
    { label: 'phi', unit: 'rad', period: [-Math.PI, Math.PI] },
    { label: 'd1', unit: 'nm' },
    { label: 'd2', unit: '' },
  ]);
  assert.deepEqual(
    metadata!.outputs.map(({ name }) => name),
    ['s', 'z'],
  );
});

test('frames of a COLVAR give labels, periods, ranges and check vectors', () => {
  const colvar = join(folder, 'COLVAR');
  writeFileSync(
    colvar,
    '#! FIELDS time phi\n#! SET min_phi -pi\n#! SET max_phi pi\n0 0.5\n1 -1.25\n2 2.0\n3 1.5\n',
  );
  const { code, stdout, stderr } = runCli([
    'differentiate',
    pathOf('torch-sine'),
    ...['--frames', colvar, '-o', output, '--json'],
  ]);
  assert.equal(code, 0, stderr);
  const { inputs, outputs } = JSON.parse(stdout) as {
    inputs: object[];
    outputs: { min: number; max: number }[];
  };
  assert.deepEqual(inputs, [{ label: 'phi', unit: '', period: [-Math.PI, Math.PI], min: -1.25, max: 2 }]);
  assert.equal(outputs[0].min, Math.sin(-1.25));
  assert.equal(outputs[0].max, Math.sin(1.5));
  assert.deepEqual(readModelFile(readFileSync(output)).metadata!.check.inputs, [[-1.25], [2], [1.5]]);
});

test('--columns chooses among the columns of a table by patterns, in the order of the inputs', () => {
  const colvar = join(folder, 'WIDE');
  const rows = ['0 9 0.1 0.2 0.3 0.4 0.5 0.6', '1 9 0.2 0.3 0.3 0.4 0.5 0.6'];
  writeFileSync(colvar, ['#! FIELDS time phi d_1 d_2 d_3 d_4 d_5 d_6', ...rows, ''].join('\n'));
  const frames = ['differentiate', pathOf('deep-tda'), '--frames', colvar, '-o', output];
  const all = runCli(frames);
  assert.equal(all.code, 2);
  assert.match(all.stderr, /received 7: phi, d_1.*\nhint: --columns chooses among the table's columns/);
  const labelsOf = (...args: string[]) => {
    assert.equal(runCli([...frames, ...args]).code, 0);
    return readModelFile(readFileSync(output)).metadata!.inputs.map(({ label }) => label);
  };
  assert.deepEqual(labelsOf('--columns', 'd_*'), ['d_1', 'd_2', 'd_3', 'd_4', 'd_5', 'd_6']);
  assert.deepEqual(labelsOf('--columns', 'd_6,d_5,d_4,d_3,d_2,d_1'), [
    'd_6',
    'd_5',
    'd_4',
    'd_3',
    'd_2',
    'd_1',
  ]);
  const without = runCli(['differentiate', pathOf('deep-tda'), '--columns', 'd_*,b,c,d,e,f', '-o', output]);
  assert.match(without.stderr, /received the pattern d_\*/);
});

test('a linear network, whose derivatives are the same everywhere', () => {
  const foreign = join(folder, 'linear.onnx');
  const cv = matmul(input('features', ['batch', 2]), constant([1, 2], [2, 1]));
  writeFileSync(foreign, writeOnnx({ outputs: { y: cv }, precision: 'float' }));
  const { code, stderr } = runCli(['differentiate', foreign, '-o', output]);
  assert.equal(code, 0, stderr);
  assert.deepEqual(readModelFile(readFileSync(output)).metadata!.check.jacobian[0], [1, 2]);
});

test('what cannot be a CV or does not fit ends with one line', () => {
  const mixing = join(folder, 'mixing.onnx');
  const x = input('x', ['n', 2]);
  writeFileSync(mixing, writeOnnx({ outputs: { cv: transpose(softmax(transpose(x))) }, precision: 'float' }));
  const cases: [string[], number, RegExp][] = [
    [[mixing], 1, /expected a function of single frames/],
    [
      [pathOf('torch-sine'), '--columns', 'phi,psi'],
      2,
      /expected 1 inputs, as the network has, but received 2/,
    ],
    [[pathOf('torch-sine'), '--graph-output', 'z'], 1, /expected an output called z but the file has cv/],
    [[join(folder, 'nothing.onnx')], 2, /cannot read the model/],
    [[pathOf('torch-sine'), '--cv-names', 'a,b'], 2, /expected 1 names of CVs but received 2/],
  ];
  for (const [args, expected, message] of cases) {
    const { code, stderr } = runCli(['differentiate', ...args, '-o', join(folder, 'other.onnx')]);
    assert.match(stderr, message);
    assert.equal(code, expected, args.join(' '));
  }
  const again = runCli(['differentiate', output, '-o', join(folder, 'other.onnx')]);
  assert.match(again.stderr, /is a latentcv model already/);
});

test('inspect tells what a foreign file lacks', () => {
  const { code, stdout } = runCli(['inspect', pathOf('torch-path')]);
  assert.equal(code, 0);
  assert.match(stdout, /inputs +x \[n, 6\]/);
  assert.match(
    stdout,
    /lacks +a jacobian output, labels, units and periods of its inputs, ranges, check vectors/,
  );
  assert.match(stdout, /latentcv differentiate .*torch-path\.onnx/);
});
