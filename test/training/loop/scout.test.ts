import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepare } from '../../../src/training/data/index.js';
import { scouted } from '../../../src/training/loop/index.js';
import { trainSettings, type TrainOptions } from '../../../src/training/options.js';
import { createOnnxRuntime } from '../../../src/runtimes/index.js';
import { datasetOf } from '../../models/tables.js';

// a spring of rate D/σ² = 4, whose frames are the quantiles of a Gaussian
const spring = datasetOf(
  ['x'],
  Array.from({ length: 1000 }, (_, i) => {
    const [u, v] = [0.7548776662466927, 0.5698402909980532].map((step) => (0.5 + (i + 1) * step) % 1);
    return [0.5 * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v)];
  }),
);
const settings: TrainOptions = {
  ...{ method: 'generator', hidden: [8], latent: 1, batch: 200, epochs: 40, learningRate: 0.02 },
  split: 'random',
};
const runtime = createOnnxRuntime({ precision: 'float' });

test('η is found by a first part of the training, the same one again', async () => {
  const found = await scouted(prepare(spring, trainSettings(settings)), runtime);
  const { generator, note } = found.prepared.method;
  assert.ok(Math.abs(generator!.shift / 4 - 1) < 0.1, `η ${generator!.shift}`);
  assert.match(note!, /; η is \d(\.\d)?\/ps, by the rate of a first part of the training, \d(\.\d+)?\/ps$/);
  assert.ok(found.prepared.reason.endsWith(note!));
  const again = await scouted(prepare(spring, trainSettings(settings)), runtime);
  assert.deepEqual(again.first, found.first);
});

test('where η is given, and of other methods, there is no such part', async () => {
  for (const options of [
    { ...settings, methodOptions: { eta: 3 } },
    { ...settings, method: 'autoencoder' as const },
  ]) {
    const prepared = prepare(spring, trainSettings(options));
    const found = await scouted(prepared, runtime);
    assert.equal(found.prepared, prepared);
    assert.equal(found.first, undefined);
  }
});

test('a signal stops it', async () => {
  const prepared = prepare(spring, trainSettings(settings));
  await assert.rejects(scouted(prepared, runtime, { aborted: true }), { code: 'interrupted' });
});
