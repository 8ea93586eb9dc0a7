import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { predict } from '../../src/campaign/index.js';
import { columnValues, readTables, writeTable, type Dataset } from '../../src/frames/index.js';
import { loadModel, readModelFile, saveModel, writeModelFile } from '../../src/onnx/index.js';
import { newModel, train, type TrainOptions } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';
import { runCli } from '../cli/run-cli.js';
import { temporaryFolder } from '../temporary-folder.js';
import { datasetOf } from './tables.js';

/** A property that depends on one product of two of four inputs, with an offset and a large unit. */
function measured(frames: number, seed: number): Dataset {
  const random = new Random(seed);
  const rows = Array.from({ length: frames }, () => {
    const [a, b, c, d] = Array.from({ length: 4 }, () => random.normal());
    return [a, b, c, d, 500 + 40 * a * b + 0.5 * random.normal()];
  });
  return datasetOf(['a', 'b', 'c', 'd', 'gap'], rows);
}

const options: TrainOptions = {
  properties: ['gap'],
  hidden: [32, 16],
  latent: 1,
  epochs: 200,
  patience: 200,
  batch: 250,
  learningRate: 5e-3,
};

/** 1 − mean squared error / variance. */
function explained(predicted: Float64Array, exact: Float64Array): number {
  const mean = exact.reduce((sum, v) => sum + v / exact.length, 0);
  const power = (of: (i: number) => number): number => exact.reduce((sum, _, i) => sum + of(i) ** 2, 0);
  return 1 - power((i) => predicted[i] - exact[i]) / power((i) => exact[i] - mean);
}

for (const [method, least] of [
  ['regression', 0.95],
  ['multitask-autoencoder', 0.8],
] as const) {
  test(`${method}: the file predicts the property of new frames in its own unit`, async () => {
    const data = measured(4000, 1);
    const latent = method === 'regression' ? 1 : 3;
    const encoder = await train(data, { ...options, method, latent });
    const model = readModelFile(writeModelFile(newModel(encoder)));
    assert.deepEqual(model.metadata!.properties, ['gap']);
    assert.deepEqual(
      model.metadata!.inputs.map(({ label }) => label),
      ['a', 'b', 'c', 'd'],
    );
    const fresh = measured(1000, 2);
    const predicted = columnValues(await predict(model, fresh), 'gap');
    const part = explained(predicted, columnValues(fresh, 'gap'));
    assert.ok(part > least, `${part} of the variance of the property`);
  });
}

test('latentcv predict writes CVs and properties as a PLUMED table, and names a column that is missing', async () => {
  const folder = temporaryFolder('predict');
  const data = measured(800, 3);
  const encoder = await train(data, { ...options, method: 'regression', epochs: 5 });
  const path = join(folder, 'model.onnx');
  await saveModel(path, newModel(encoder));
  await writeTable(join(folder, 'COLVAR'), data);
  const { code, stderr } = runCli(['predict', path, join(folder, 'COLVAR'), '-o', join(folder, 'out')]);
  assert.equal(code, 0, stderr);
  const table = await readTables(join(folder, 'out'));
  assert.deepEqual(
    table.columns.map(({ label }) => label),
    ['node-0', 'gap'],
  );
  assert.deepEqual(table.time, data.time);
  columnValues(table, 'node-0').forEach((value, i) => assert.ok(Math.abs(value - encoder.cv[i]) < 1e-5));
  const expected = await predict(await loadModel(path), data);
  assert.deepEqual(columnValues(table, 'gap'), columnValues(expected, 'gap'));
  await writeTable(join(folder, 'short'), datasetOf(['a', 'b'], [[1, 2]]));
  const missing = runCli(['predict', path, join(folder, 'short'), '-o', join(folder, 'never')]);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /expected a column c in/);
});

test('rows whose property is missing change nothing of what is learned by regression', async () => {
  const known = measured(300, 3);
  const twice = datasetOf(
    ['a', 'b', 'c', 'd', 'gap'],
    Array.from({ length: 600 }, (_, i) => [
      ...known.data.subarray(5 * (i >> 1), 5 * (i >> 1) + 4),
      i % 2 ? NaN : known.data[5 * (i >> 1) + 4],
    ]),
  );
  const rows = { ...twice, rows: true as const };
  const encoder = await train(rows, { ...options, rows: true, epochs: 30, batch: 40 });
  assert.equal(encoder.method, 'regression');
  // in units of the deviation, below that of the mean: missing values count neither as 0 nor at all
  assert.ok(encoder.record.curves.validation.at(-1)! < 1);
  const { mean, deviation } = { mean: 500, deviation: 40 };
  const predicted = columnValues(
    await predict(readModelFile(writeModelFile(newModel(encoder))), known),
    'gap',
  );
  assert.ok(Math.abs(predicted.reduce((a, b) => a + b / 300, 0) - mean) < deviation / 2);
});

test('too few values of a property, or none, are refused before the first epoch', async () => {
  const few = datasetOf(
    ['a', 'b', 'gap'],
    Array.from({ length: 200 }, (_, i) => [i % 7, i % 11, i < 30 ? i : NaN]),
  );
  const rows = { rows: true, properties: ['gap'] };
  await assert.rejects(train({ ...few, rows: true }, rows), {
    code: 'bad-data',
    message: /at least 10 values of gap to train on, and as many to validate with, but received/,
  });
  await assert.rejects(train(few, { properties: ['gap'], method: 'regression' }), {
    message: /finite numbers but received NaN in gap, frame 30/,
  });
});

test('latentcv train and predict: rows with names, empty cells and groups', async () => {
  const folder = temporaryFolder('rows');
  const [path, model, out] = ['rows.csv', 'model.onnx', 'out.csv'].map((name) => join(folder, name));
  const { data, frames } = measured(400, 5);
  const lines = Array.from({ length: frames }, (_, i) =>
    [`name ${i}`, `g${i % 12}`, ...data.subarray(5 * i, 5 * i + 4), i % 9 ? data[5 * i + 4] : ''].join(','),
  );
  await writeFile(path, `name,site,a,b,c,d,gap\n${lines.join('\n')}\n`);
  const trained = runCli(
    `train ${path} --properties gap --group site --epochs 5 --batch 32 --ensemble 1 -o ${model}`.split(' '),
  );
  assert.equal(trained.code, 0, trained.stderr);
  assert.match(trained.stderr, /no times[^]*text: name\n[^]*split by site/);
  assert.match(trained.stdout, /400 rows, 4 columns/);
  assert.doesNotMatch(trained.stdout + trained.stderr, /\bframes|\bps\b|\blag\b/);
  const predicted = runCli(['predict', model, path, '-o', out]);
  assert.equal(predicted.code, 0, predicted.stderr);
  const [head, first] = (await readFile(out, 'utf8')).split('\n');
  assert.match(head, /^name,site,node-0,node-1,gap/);
  assert.match(first, /^name 0,g0,/);
  const colvar = runCli(['predict', model, path, '-o', join(folder, 'out.npy'), '--id', 'name']);
  assert.equal(colvar.code, 2);
  assert.match(colvar.stderr, /CSV or TSV for the text of name/);
});
