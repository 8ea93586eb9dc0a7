import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from '../../../src/diagnostics/index.js';
import { narrowestBasins } from '../../../src/kinetics/index.js';
import { readModelFile, writeModelFile } from '../../../src/onnx/index.js';
import { plumedModel } from '../../../src/plumed/index.js';
import { newModel, type TrainOptions } from '../../../src/training/index.js';
import { trainEncoder } from '../../../src/training/train.js';
import { hiddenJumps } from '../data.js';

const { dataset } = hiddenJumps(6000);
const plain: TrainOptions = { method: 'tica', latent: 2, lag: 5, seed: 4 };

test('a spread changes nothing of how slow a CV is, and inspect finds the same on the same frames', async () => {
  const [spread, even] = await Promise.all([
    trainEncoder(dataset, { ...plain, spread: 1 / 3 }),
    trainEncoder(dataset, { ...plain, spread: 0 }),
  ]);
  const numbers = spread.record.slowness!.cvs.map(({ autocorrelation }) => autocorrelation.value);
  const expected = even.record.slowness!.cvs.map(({ autocorrelation }) => autocorrelation.value);
  numbers.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-9, `${value} ${expected[i]}`));
  // two states that flip with probability 0.01 a frame, in noise that no linear function is free of
  assert.ok(numbers[0] > 0.6 && numbers[0] < 0.98 ** 5 + 0.03, String(numbers[0]));
  const { graph } = readModelFile(writeModelFile(newModel(spread)));
  const { quality, others } = await diagnose(graph!, dataset, { cvs: ['node-0', 'node-1'], lag: 5 });
  [quality, others[0].quality].forEach(({ slow }, i) =>
    assert.ok(Math.abs(slow!.autocorrelation.value - numbers[i]) < 2e-3, `${slow!.autocorrelation.value}`),
  );
});

test('the record says what its numbers are of', async () => {
  const { record } = await trainEncoder(dataset, plain);
  assert.match(record.slowness!.of, /each CV as written/);
  assert.match(record.eigenvaluesOf!, /latent, before it was spread/);
  assert.deepEqual([record.slowness!.lag, record.slowness!.frames], [5, 6000]);
});

test('the record and the model tell the width of the narrowest basin of each CV, and its temperature', async () => {
  const trained = await trainEncoder(dataset, { ...plain, temperature: 450 });
  const k = 2;
  const expected = narrowestBasins(trained.cv, k, dataset);
  assert.deepEqual(trained.record.basinWidths, expected);
  const read = readModelFile(writeModelFile(newModel(trained)));
  assert.deepEqual(plumedModel('model.onnx', read).basinWidths, {
    values: expected,
    temperature: 450,
    of: 'the training frames',
  });
  const untold = { ...trained, record: { ...trained.record, basinWidths: undefined } };
  assert.equal(
    plumedModel('model.onnx', readModelFile(writeModelFile(newModel(untold)))).basinWidths,
    undefined,
  );
});

test('a CV that no trajectory crosses has no time scale', async () => {
  const half = dataset.frames / 2;
  const segments = ['A', 'B'].map((source, i) => ({ start: i * half, end: (i + 1) * half, source }));
  const data = dataset.data.map((value, i) => {
    const [frame, column] = [Math.floor(i / 6), i % 6];
    return column === 5 ? value + (frame < half ? -5 : 5) : 0.01 * value;
  });
  const time = dataset.time.map((t) => t % half);
  const { record } = await trainEncoder({ ...dataset, data, time, segments }, { ...plain, latent: 1 });
  const [{ timescale, noTimescale }] = record.slowness!.cvs;
  assert.deepEqual([timescale, noTimescale], [undefined, 'not crossed']);
});
