import assert from 'node:assert/strict';
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
