import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { add, constant, input, matmul } from '../../../src/graph/index.js';
import { decodeOnnx, readModelFile, writeOnnx } from '../../../src/onnx/index.js';
import { packageRoot } from '../../../src/support/folders.js';
import { foreignFixtures } from '../../fixtures/foreign.js';
import { runCli } from '../run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'latentcv-differentiate-'));
after(() => rmSync(folder, { recursive: true }));
const output = join(folder, 'model.onnx');
const pathOf = (name: string) => foreignFixtures().find((fixture) => fixture.name === name)!.path;
const atoms = (name: string) => join(packageRoot(), 'test', 'fixtures', 'foreign-models', `${name}.onnx`);
const differentiate = (...args: string[]) => runCli(['differentiate', ...args, '-o', output]);

test('a periodic CV of positions is told its period, their inputs none', () => {
  const positions = [atoms('dihedral.legacy'), '--positions', 'A', '--cv-names', 'phi'];
  const { code, stderr } = differentiate(...positions, '--periodic', 'phi=-pi..pi');
  assert.equal(code, 0, stderr);
  assert.deepEqual(readModelFile(readFileSync(output)).metadata!.outputs[0].period, [-Math.PI, Math.PI]);
  // where random positions are drawn from is no range of a training
  assert.equal(readModelFile(readFileSync(output)).metadata!.inputs[0].min, undefined);
  const cases: [string[], RegExp][] = [
    [
      ['--periodic', 'ph=0..1'],
      /expected a CV \(phi\) for --periodic but received ph\nhint: did you mean phi\?/,
    ],
    [['--periodic', 'x-1=0..1'], /expected a CV \(phi\) for --periodic but received x-1/],
    [['--range', 'x-1=0..1'], /expected no --range beside --positions/],
  ];
  for (const [args, message] of cases) {
    const refused = differentiate(...positions, ...args);
    assert.match(refused.stderr, message);
    assert.equal(refused.code, 2);
  }
});

test('names and intervals that fit nothing are refused, with what they may have meant', () => {
  const list = join(folder, 'inputs.txt');
  const path = ['--columns', 'phi,d1,d2,d3,d4,d5'];
  const cases: [string[], RegExp][] = [
    [
      [...path, '--periodic', 'phii=-pi..pi'],
      /expected an input or a CV \(phi, .*, node-1\) for --periodic but received phii\nhint: did you mean phi\?/,
    ],
    [
      [...path, '--range', 'dd1=0..1'],
      /expected an input \(phi, .*, d5\) for --range but received dd1\nhint: did you mean d1\?/,
    ],
    [
      [...path, '--range', 'd1=1..0'],
      /expected lower..upper, finite and growing, for --range but received d1=1..0/,
    ],
    [[...path, '--range', 'd1=0..inf'], /finite and growing, for --range but received d1=0..Infinity/],
    [
      [...path, '--periodic', 'phi=1..-1'],
      /domain such as phi=-180\.\.180 for --periodic but received "phi=1\.\.-1"/,
    ],
    [[...path, '--range', 'd1=0..1', 'd1=0..2'], /expected each name once for --range but received d1 twice/],
    [['--columns', 'a,a,b,c,d,e'], /expected labels of inputs but received a twice/],
    [['--columns', 'a b,c,d,e,f,g'], /received "a b", which PLUMED cannot name in ARG/],
    [['--inputs-file', list], /inputs.txt:2: d1 but received range=3..1/],
  ];
  writeFileSync(list, 'phi\nd1 range=3..1\nd2\nd3\nd4\nd5\n');
  for (const [args, message] of cases) {
    const { code, stderr } = differentiate(pathOf('torch-path'), ...args);
    assert.match(stderr, message);
    assert.equal(code, 2);
  }
});

test('ranges that nobody told are not in the file, and those of random inputs pass for none', () => {
  const path = ['--columns', 'd1,d2,d3,d4,d5,d6'];
  const ranges = path[1].split(',').map((label, i) => `${label}=0.5..${i + 1}`);
  const written = (...args: string[]) => {
    assert.equal(differentiate(pathOf('torch-path'), ...path, ...args).code, 0);
    return decodeOnnx(readFileSync(output)).metadata;
  };
  assert.equal(written('--range', ...ranges)['latentcv.inputs.max'], '1\n2\n3\n4\n5\n6');
  const some = written('--range', 'd1=0..1');
  assert.deepEqual([some['latentcv.inputs.min'], some['latentcv.inputs.max']], [undefined, undefined]);
  assert.match(runCli(['inspect', output]).stdout, /node-0 +\S+ to \S+ of random inputs/);
  const metad = ['--bias', 'metad', '--height', '1', '--sigma', '0.1', '--bias-factor', '10'];
  const input = join(folder, 'plumed.dat');
  const lines = path[1].split(',').map((label, i) => `${label}: DISTANCE ATOMS=1,${i + 2}\n`);
  writeFileSync(input, lines.join(''));
  const plumed = runCli(['plumed', input, '--model', output, '--plugin', 'plugin.so', ...metad]);
  assert.match(plumed.stdout, /METAD ARG=cv.node-0,cv.node-1 /);
  assert.doesNotMatch(plumed.stdout, /GRID/);
  assert.match(plumed.stderr, /does not tell its training ranges, so METAD gets no grid/);
});

test('atoms that the structure has not are told', () => {
  const structure = join(packageRoot(), 'test', 'fixtures', 'trajectories', 'alanine.gro');
  const { code, stderr } = differentiate(
    ...[atoms('dihedral.legacy'), '--positions', 'A', '--atoms', '21-24', '--structure', structure],
  );
  assert.match(stderr, /expected atoms from 1 to 22, as \S+alanine.gro has, but received atom 23/);
  assert.equal(code, 2);
});

test('--salvage takes the good frames of a damaged trajectory, as the hint says', () => {
  const structure = join(packageRoot(), 'test', 'fixtures', 'trajectories', 'alanine.gro');
  const damaged = join(folder, 'damaged.gro');
  const frame = readFileSync(structure, 'utf8');
  const moved = frame.replace('0.000   0.000   0.000', '0.010   0.020   0.000');
  writeFileSync(damaged, frame + moved + frame.slice(0, frame.length / 2));
  const frames = ['--structure', structure, '--frames', damaged];
  const run = (...args: string[]) =>
    differentiate(...[atoms('dihedral.legacy'), '--positions', 'A', ...frames, ...args]);
  const refused = run();
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /hint: --salvage takes the frames that are good/);
  const { code, stderr } = run('--salvage', '--atoms', '1-4');
  assert.equal(code, 0, stderr);
  const { training, inputs } = readModelFile(readFileSync(output)).metadata!;
  assert.equal((training as { frames: number }).frames, 2);
  assert.ok(Math.abs(inputs[0].max! - 0.01) < 1e-6);
});

test('columns that UNITS keeps from being descriptors are told so', () => {
  const plumed = join(folder, 'units.dat');
  writeFileSync(plumed, 'UNITS LENGTH=A\nd: DISTANCE ATOMS=1,2\n');
  const { code, stderr } = differentiate(pathOf('torch-sine'), '--columns', 'd', '--plumed', plumed);
  assert.match(stderr, /units.dat:1: lengths are not in nm\nhint: the columns are in the units of UNITS/);
  assert.equal(code, 1);
});

test('what inspect and predict cannot take, they name, with the way on', () => {
  const boxed = join(folder, 'boxed.onnx');
  const ones = (rows: number) => constant(new Array<number>(rows).fill(1), [rows, 1]);
  const cv = add(matmul(input('x', ['n', 6]), ones(6)), matmul(input('box', ['n', 9]), ones(9)));
  writeFileSync(boxed, writeOnnx({ outputs: { cv }, precision: 'float' }));
  assert.match(
    runCli(['inspect', boxed]).stdout,
    /differentiate does not take it: .*--positions nm or --positions A/,
  );
  const colvar = join(folder, 'COLVAR');
  writeFileSync(colvar, '#! FIELDS time phi\n0 0.5\n1 0.7\n');
  const { code, stderr } = runCli(['predict', pathOf('torch-sine'), colvar, '--external-data', '-o', output]);
  assert.match(stderr, /torch-sine.onnx: expected a model that names its inputs\n/);
  assert.match(
    stderr,
    /hint: latentcv differentiate \S+torch-sine.onnx --external-data makes a model file of it/,
  );
  assert.equal(code, 1);
});
