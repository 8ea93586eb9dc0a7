import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { WindowsRecord } from '../../../src/campaign/index.js';
import { descriptorSet } from '../../../src/descriptors/index.js';
import { affine, constant, input } from '../../../src/graph/index.js';
import { writeModelFile } from '../../../src/onnx/index.js';
import { packageRoot } from '../../../src/support/index.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { runCli } from '../run-cli.js';

const data = join(packageRoot(), 'native', 'test', 'trajectories', 'data');
const folder = temporaryFolder('umbrella');
const model = join(folder, 'model.onnx');

/** node-0 is the distance 1–2 in nm, which the four frames have at 0.63 to 0.8 or so. */
const x = input('x', ['n', 1]);
writeFileSync(
  model,
  writeModelFile({
    x,
    cv: affine(x, constant([1], [1, 1], 'weight'), constant([0], [1], 'bias')),
    metadata: {
      method: 'pca',
      network: '1-1',
      inputs: [{ label: 'd_1_2', unit: 'nm', min: 0.2, max: 1 }],
      outputs: [{ name: 'node-0', min: 0.2, max: 1 }],
      descriptors: descriptorSet([{ kind: 'distance', atoms: [1, 2] }]),
      check: { inputs: [[0.5]] },
      training: {},
    },
  }),
);
const frames = ['--frames', join(data, 'gromacs.trr'), '--structure', join(data, 'gromacs.gro')];
const common = ['plumed', '--model', model, '--plugin', '/opt/plugin.so', '--bias', 'umbrella'];
const read = (output: string): WindowsRecord =>
  JSON.parse(readFileSync(join(output, 'windows.json'), 'utf8')) as WindowsRecord;

/** Distance 1–2 of a GRO file, in a box that it does not cross. */
function distance(path: string): number {
  const [a, b] = readFileSync(path, 'utf8')
    .split('\n')
    .slice(2, 4)
    .map((line) => [0, 1, 2].map((i) => Number(line.slice(20 + 10 * i, 30 + 10 * i))));
  return Math.hypot(...a.map((value, i) => value - b[i]));
}

test('in natural units no unit names', () => {
  const output = join(folder, 'natural');
  const natural = join(folder, 'natural.dat');
  writeFileSync(natural, 'UNITS NATURAL LENGTH=1\n');
  const options = ['--windows', '5', '--overlap', '0.3', '--kt', '2'];
  const { code, stdout, stderr } = runCli([...common, natural, ...options, '-o', output]);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /wrote 5 windows into .*: kappa [\d.]+, a CV that fluctuates by/);
  assert.doesNotMatch(stderr + stdout, /kJ\/mol/);
  const { windows, kT, temperature } = read(output);
  assert.deepEqual([kT, temperature], [2, undefined]);
  // x = 1.0364 of 0.3; 4 · 1.0364² · 2 / 0.2², and as PLUMED is told
  assert.ok(Math.abs(windows[0].kappa / 214.8 - 1) < 1e-3, String(windows[0].kappa));
  assert.match(readFileSync(join(output, windows[0].plumed), 'utf8'), / KAPPA=214\.83\d+\n/);
  // of an input in other units kT is no number that could be taken
  const other = runCli([...common, ...options, '-o', join(folder, 'other')]);
  assert.notEqual(other.code, 0);
  assert.match(other.stderr, /expected UNITS NATURAL in the input for kT=2 but found no UNITS/);
  assert.ok(!existsSync(join(folder, 'other')));
});

test('each window is a folder with its input and the frame that is nearest to it', () => {
  const output = join(folder, 'windows');
  const options = ['--windows', '5', '--overlap', '0.3', '--temperature', '300'];
  const { code, stderr } = runCli([...common, ...options, ...frames, '-o', output]);
  assert.equal(code, 0, stderr);
  const record = read(output);
  assert.deepEqual(
    record.windows.map(({ folder: name }) => name),
    ['w00', 'w01', 'w02', 'w03', 'w04'],
  );
  // x = 1.0364 of 0.3; 4 · 1.0364² · 2.49434 / 0.2²
  assert.ok(Math.abs(record.windows[0].kappa / 267.9 - 1) < 1e-3, String(record.windows[0].kappa));
  assert.deepEqual([record.temperature, record.column, record.bias], [300, 'cv.node-0', 'restraint.bias']);
  record.windows.forEach(({ plumed, centre, start }, i) => {
    assert.ok(Math.abs(centre - (0.2 + 0.2 * i)) < 1e-12);
    const line = /restraint: RESTRAINT ARG=cv\.node-0 AT=(\S+) KAPPA=(\S+)/.exec(
      readFileSync(join(output, plumed), 'utf8'),
    )!;
    assert.ok(Math.abs(Number(line[1]) - centre) < 1e-9);
    assert.ok(Math.abs(Number(line[2]) / record.windows[0].kappa - 1) < 1e-9);
    assert.ok(Math.abs(distance(join(output, start!.structure!)) - start!.cv) < 1e-4);
  });
  assert.match(
    stderr,
    /to run them: for w in .*; do gmx grompp .*\$w\/start\.gro .*; done; latentcv run '.*w\*'/,
  );
  const again = runCli([...common, ...options, '-o', output]);
  assert.equal(again.code, 2);
  assert.match(again.stderr, /expected a new or empty folder for the windows/);
});

test('without frames there are windows without starts; by a spring, as many as it needs', () => {
  const output = join(folder, 'plain');
  const options = ['--at', '0.3', '--to', '0.5', '--kappa', '1000', '--temperature', '300'];
  const { code, stdout, stderr } = runCli([...common, ...options, '-o', output, '--json']);
  assert.equal(code, 0, stderr);
  const record = JSON.parse(stdout) as WindowsRecord;
  assert.deepEqual(record.windows, read(output).windows);
  assert.ok(record.windows.length === 3 && record.overlap >= 0.3, String(record.overlap));
  assert.ok(!existsSync(join(output, 'w00', 'start.gro')));
  const told = runCli([...common, ...options, '-o', join(folder, 'told')]);
  assert.match(told.stderr, /no start frames: --frames/);
});

test('a start far from its centre is told', () => {
  const options = ['--at', '0.2', '--to', '3', '--windows', '2', '--kappa', '5000', '--temperature', '300'];
  const { code, stderr } = runCli([...common, ...options, ...frames, '-o', join(folder, 'far')]);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /no frame is near the centres? of .*w01/);
});

test('what windows need and lack is refused', () => {
  const cases: [string[], RegExp][] = [
    [['--temperature', '300'], /expected a folder \(--output\) for umbrella windows/],
    [['-o', join(folder, 'none')], /expected --temperature \(K\), or --kt/],
    [['-o', join(folder, 'none'), '--temperature', '300', '--components', 'x'], /expected one of node-0/],
    [['-o', join(folder, 'none'), '--temperature', '300', '--pace', '5', '--height', '1'], /--height/],
  ];
  for (const [words, message] of cases) {
    const { code, stderr } = runCli([...common, ...words]);
    assert.equal(code, 2, words.join(' '));
    assert.match(stderr, message);
  }
  assert.ok(!existsSync(join(folder, 'none')));
});

test('SIGMA comes from the basins of given frames, at the temperature of the run', () => {
  const table = join(folder, 'COLVAR');
  const rows = Array.from({ length: 4000 }, (_, i) => {
    // a triangle wave of ±1 has the standard deviation 1/√3
    const wave = Math.abs(((i % 40) - 20) / 10) - 1;
    return `${i} ${(0.5 + 0.1 * wave).toFixed(6)}`;
  });
  writeFileSync(table, ['#! FIELDS time d_1_2', ...rows, ''].join('\n'));
  const words = [
    'plumed',
    '--model',
    model,
    '--plugin',
    '/opt/plugin.so',
    '--barrier',
    '30',
    '--frames',
    table,
  ];
  const { code, stdout, stderr } = runCli([...words, '--temperature', '300', '--frames-temperature', '600']);
  assert.equal(code, 0, stderr);
  const sigma = Number(/ SIGMA=(\S+) /.exec(stdout)![1]);
  assert.ok(Math.abs(sigma - (0.1 / Math.sqrt(3)) * Math.SQRT1_2) < 0.002, String(sigma));
  assert.match(
    stderr,
    /SIGMA: the narrowest basin's width in 4000 frames of .*COLVAR, from 600 K to 300 K by √T/,
  );
});

test('--relative puts model and plugin into each window, whose input names them from there', () => {
  const output = join(folder, 'relative');
  const plugin = join(folder, 'libLatentcvPlumed.so');
  writeFileSync(plugin, 'no library');
  const words = ['plumed', '--model', model, '--plugin', plugin, '--bias', 'umbrella', '--relative'];
  const options = ['--windows', '3', '--temperature', '300', '-o', output];
  const { code, stderr } = runCli([...words, ...options]);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /each window has model\.onnx and libLatentcvPlumed\.so that its input names/);
  for (const { folder: name, plumed } of read(output).windows) {
    const text = readFileSync(join(output, plumed), 'utf8');
    assert.match(text, /^LOAD FILE=\.\/libLatentcvPlumed\.so$/m);
    assert.match(text, /^cv: ONNX_MODEL FILE=model\.onnx ATOMS=/m);
    assert.deepEqual(readFileSync(join(output, name, 'model.onnx')), readFileSync(model));
    assert.equal(readFileSync(join(output, name, 'libLatentcvPlumed.so'), 'utf8'), 'no library');
  }
});
