import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { trainFromTables } from '../../src/campaign/index.js';
import { createSession } from '../../src/runtimes/onnxruntime.js';
import { readTables } from '../../src/frames/index.js';
import { evaluate, jacobian as graphJacobian } from '../../src/graph/index.js';
import { loadNativeModel } from '../../src/native/index.js';
import { loadModel } from '../../src/onnx/index.js';
import { Random } from '../../src/support/random.js';
import { runFolder } from '../onnx/python.js';
import { temporaryFolder } from '../temporary-folder.js';
import { buildPlugin, findPlumed, runDriver } from '../../src/programs/index.js';

// One model, five readers: the plugin (from ATOMS and from ARG), the Node addon (from inputs and from positions), ONNX
// Runtime in Node and in Python, and the graph evaluated in TypeScript.

const atoms = 6;
const frames = 200;
const box = 1.5;
let folder: string;
let positions: Float64Array;
/** Distances `[frames, 15]` and the CVs of the plugin `[frames, 2]`, as PLUMED printed them. */
let distances: Float64Array;
let fromAtoms: Float64Array;
let fromArguments: Float64Array;

before(async () => {
  folder = temporaryFolder('parity');
  const random = new Random(8);
  positions = Float64Array.from({ length: frames * atoms * 3 }, () => random.uniform(0, box));
  await writeFile(join(folder, 'trajectory.xyz'), xyz());
  await driver(training(), 'training.dat');
  await trainFromTables({
    files: [join(folder, 'COLVAR')],
    plumedInput: join(folder, 'training.dat'),
    output: join(folder, 'model.onnx'),
    training: { method: 'autoencoder', hidden: [16, 8], epochs: 3, batch: 64, seed: 2 },
  });
  const { path } = await buildPlugin(await findPlumed());
  await driver(training('CHECK', model(path)), 'model.dat');
  distances = (await readTables(join(folder, 'COLVAR'))).data;
  fromAtoms = (await readTables(join(folder, 'CHECK'), { columns: ['a.*'] })).data;
  fromArguments = (await readTables(join(folder, 'CHECK'), { columns: ['b.*'] })).data;
});

/** PLUMED prints twelve digits; what is left is round-off of the printed distances times the network's slope. */
const printed = 1e-9;
/** ONNX Runtime computes in single precision. */
const single = 2e-5;

test('plugin: from ATOMS and from ARG', () => {
  assert.ok(difference(fromAtoms, fromArguments) < printed, `${difference(fromAtoms, fromArguments)}`);
});

test('graph evaluated in TypeScript', async () => {
  const { graph } = await loadModel(join(folder, 'model.onnx'));
  const { cv } = evaluate({ cv: graph!.cv }, { x: { shape: [frames, 15], data: distances } });
  assert.ok(difference(cv.data, fromArguments) < printed, `${difference(cv.data, fromArguments)}`);
});

test('addon: from inputs and from positions, with their derivatives', async () => {
  const native = loadNativeModel(join(folder, 'model.onnx'));
  assert.equal(native.evaluator, 'native');
  const { cv, jacobian } = native.evaluateWithJacobian(distances);
  assert.ok(difference(cv, fromArguments) < printed, `${difference(cv, fromArguments)}`);
  const boxes = Float64Array.from({ length: 9 * frames }, (_, i) =>
    i % 9 === 0 || i % 9 === 4 || i % 9 === 8 ? box : 0,
  );
  assert.ok(difference(native.evaluateAtoms(positions, boxes).cv, fromAtoms) < printed);
  const { graph } = await loadModel(join(folder, 'model.onnx'));
  // Differentiated here: the file's own Jacobian holds products of weights that were rounded to single precision.
  const exact = evaluate(
    { j: graphJacobian(graph!.cv, graph!.x) },
    { x: { shape: [frames, 15], data: distances } },
  ).j.data;
  assert.ok(difference(jacobian, exact) < printed, `${difference(jacobian, exact)}`);
});

test('ONNX Runtime in Node', async () => {
  const session = await createSession(await readFile(join(folder, 'model.onnx')));
  const { default: ort } = await import('onnxruntime-node');
  const x = new ort.Tensor('float32', Float32Array.from(distances), [frames, 15]);
  const { cv, jacobian } = await session.run({ x });
  const exact = loadNativeModel(join(folder, 'model.onnx')).evaluateWithJacobian(distances);
  assert.ok(difference(cv.data as Float32Array, fromArguments) < single);
  assert.ok(difference(jacobian.data as Float32Array, exact.jacobian) < 10 * single);
  await session.release();
});

test('ONNX Runtime in Python, after onnx.checker', async () => {
  const input = { x: { shape: [frames, 15], data: [...distances] } };
  await writeFile(join(folder, 'model.json'), JSON.stringify(input));
  const [{ outputs }] = runFolder(folder);
  assert.ok(difference(outputs.cv.data, fromArguments) < single);
});

/** Largest difference, of arrays that are alike in length. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assert.equal(a.length, b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

function xyz(): string {
  return Array.from({ length: frames }, (_, frame) => {
    const rows = Array.from({ length: atoms }, (_unused, atom) => {
      const at = 3 * (frame * atoms + atom);
      return `C ${[...positions.subarray(at, at + 3)].map((v) => v.toPrecision(17)).join(' ')}`;
    });
    return `${atoms}\n${box} ${box} ${box}\n${rows.join('\n')}\n`;
  }).join('');
}

/** All distances, and what else the input does. */
function training(file = 'COLVAR', more = ''): string {
  const pairs = Array.from({ length: atoms }, (_, i) => i + 1).flatMap((i) =>
    Array.from({ length: atoms - i }, (_, j) => [i, i + j + 1]),
  );
  const lines = pairs.map(([i, j], index) => `d${index + 1}: DISTANCE ATOMS=${i},${j}`);
  const labels = pairs.map((_, index) => `d${index + 1}`).join(',');
  const argument = more === '' ? labels : 'a.*,b.*';
  return `${lines.join('\n')}\n${more}PRINT ARG=${argument} FILE=${file} FMT=%.12f\n`;
}

function model(plugin: string): string {
  const file = join(folder, 'model.onnx');
  const labels = Array.from({ length: 15 }, (_, i) => `d${i + 1}`).join(',');
  return [
    `LOAD FILE={${plugin}}`,
    `a: ONNX_MODEL FILE=${file} ATOMS=1,2,3,4,5,6`,
    `b: ONNX_MODEL FILE=${file} ARG=${labels}`,
    '',
  ].join('\n');
}

async function driver(input: string, name: string): Promise<void> {
  await writeFile(join(folder, name), input);
  await runDriver({
    plumed: await findPlumed(),
    cwd: folder,
    plumedFile: join(folder, name),
    trajectory: join(folder, 'trajectory.xyz'),
    extra: ['--length-units', 'nm'],
  });
}
