import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { Dataset } from '../../src/frames/index.js';
import { evaluate } from '../../src/graph/index.js';
import { readModelFile, writeModelFile } from '../../src/onnx/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { newModel, train, type TrainOptions } from '../../src/training/index.js';
import { Random } from '../../src/training/random.js';

/** A slow jump process between two states, hidden in six noisy columns of which a fast one is the largest. */
function hiddenJumps(frames: number, seed = 3): { dataset: Dataset; state: Int8Array } {
  const random = new Random(seed);
  const noise = (): number => random.uniform(-0.5, 0.5);
  const state = new Int8Array(frames);
  const data = new Float64Array(6 * frames);
  let current = 0;
  for (let frame = 0; frame < frames; frame++) {
    if (random.uniform() < 0.01) current = 1 - current;
    state[frame] = current;
    const fast = 3 * noise();
    data.set(
      [fast, -fast + 0.1 * noise(), current + noise(), current * fast, 0.5 * current + noise(), noise()],
      6 * frame,
    );
  }
  const columns = Array.from({ length: 6 }, (_, i) => ({ label: `d${i + 1}` }));
  const time = Float64Array.from({ length: frames }, (_, i) => i);
  return {
    dataset: { columns, frames, data, time, segments: [{ start: 0, end: frames, source: 'test' }] },
    state,
  };
}

const quick: TrainOptions = { hidden: [12], latent: 2, lag: 5, batch: 256, epochs: 60, seed: 4 };

test('the default method finds the slow process, ranks it first and knows its time scale', async () => {
  const { dataset, state } = hiddenJumps(6000);
  const { cv, record, method } = await train(dataset, quick);
  assert.equal(method, 'vamp-autoencoder');
  assert.ok(record.eigenvalues![0] > record.eigenvalues![1]);
  // Two states that flip with probability 0.01 a frame: autocorrelation (1 − 0.02)^lag.
  const exact = (1 - 0.02) ** 5;
  assert.ok(Math.abs(record.eigenvalues![0] - exact) < 0.08, `${record.eigenvalues![0]} against ${exact}`);
  const means = [0, 1].map((s) => mean([...state].flatMap((x, i) => (x === s ? [cv[2 * i]] : []))));
  assert.ok(Math.abs(means[1] - means[0]) > 0.5, `states at ${means.join(' and ')}`);
});

test('CVs span [-1, 1] over the training frames', async () => {
  const { dataset } = hiddenJumps(3000);
  const { outputs } = await train(dataset, { ...quick, epochs: 5 });
  for (const low of outputs.min) assert.ok(Math.abs(low + 1) < 1e-9);
  for (const high of outputs.max) assert.ok(Math.abs(high - 1) < 1e-9);
});

test('the same seed gives the same file bit for bit, another seed another one', async () => {
  const { dataset } = hiddenJumps(2000);
  const digest = async (seed: number): Promise<string> => {
    const bytes = writeModelFile(newModel(dataset, await train(dataset, { ...quick, epochs: 5, seed })));
    return createHash('sha256').update(bytes).digest('hex');
  };
  assert.equal(await digest(1), await digest(1));
  assert.notEqual(await digest(1), await digest(2));
});

test('the file gives the CVs of the training frames', async () => {
  const { dataset } = hiddenJumps(2000);
  const encoder = await train(dataset, { ...quick, epochs: 5 });
  const { graph, metadata } = readModelFile(writeModelFile(newModel(dataset, encoder)));
  const { cv } = evaluate({ cv: graph!.cv }, { x: { shape: [2000, 6], data: dataset.data } });
  const worst = cv.data.reduce((most, value, i) => Math.max(most, Math.abs(value - encoder.cv[i])), 0);
  assert.ok(worst < 1e-5, `largest difference ${worst}`);
  assert.deepEqual(
    metadata!.inputs.map(({ label }) => label),
    ['d1', 'd2', 'd3', 'd4', 'd5', 'd6'],
  );
});

test('a periodic column is seen by its sine and cosine: no jump at the end of its period', async () => {
  const frames = 2000;
  const random = new Random(2);
  const angle = Float64Array.from({ length: 2 * frames }, (_, i) =>
    i % 2 ? random.uniform(-1, 1) : random.uniform(-Math.PI, Math.PI),
  );
  const dataset: Dataset = {
    columns: [{ label: 'phi', period: [-Math.PI, Math.PI] }, { label: 'd' }],
    frames,
    data: angle,
    time: Float64Array.from({ length: frames }, (_, i) => i),
    segments: [{ start: 0, end: frames, source: 'test' }],
  };
  const { graph, network } = await train(dataset, { ...quick, method: 'autoencoder', epochs: 3 });
  assert.equal(network, '3-12-2 tanh');
  const at = (phi: number): number[] => [
    ...evaluate({ cv: graph.cv }, { x: { shape: [1, 2], data: [phi, 0.2] } }).cv.data,
  ];
  at(Math.PI).forEach((value, i) => assert.ok(Math.abs(value - at(-Math.PI)[i]) < 1e-12));
});

test('early stopping keeps the best epoch', async () => {
  const { dataset } = hiddenJumps(2000);
  const { record } = await train(dataset, { ...quick, epochs: 400, patience: 5, learningRate: 0.02 });
  const { validation } = record.curves;
  assert.equal(validation.indexOf(Math.min(...validation)), record.bestEpoch);
  assert.ok(validation.length < 400);
  assert.ok(validation.length - 1 - record.bestEpoch >= 5);
});

test('what cannot be trained is refused before the first epoch', async () => {
  const { dataset } = hiddenJumps(500);
  let epochs = 0;
  const refused = async (data: Dataset, options: TrainOptions, message: RegExp): Promise<void> => {
    const hooks = { onEpoch: () => void epochs++ };
    await assert.rejects(
      train(data, options, hooks),
      (error) => error instanceof LatentcvError && message.test(error.message),
    );
  };
  await refused(dataset, { ...quick, lag: 0.7 }, /multiple of the 1 ps between frames but received 0.7 ps/);
  await refused(dataset, { ...quick, lag: 60 }, /expected at least 40 pairs of frames 60 frames apart/);
  await refused(dataset, { ...quick, latent: 0 }, /training setting latent/);
  const broken = { ...dataset, data: Float64Array.from(dataset.data) };
  broken.data[6 * 17 + 2] = NaN;
  await refused(broken, quick, /received NaN in d3, frame 17/);
  await refused({ ...dataset, data: new Float64Array(3000) }, quick, /every column is constant/);
  assert.equal(epochs, 0);
});

test('frames not ordered in time get the plain autoencoder, and the record says why', async () => {
  const { dataset } = hiddenJumps(2000);
  const time = dataset.time.map((t) => t * t);
  const { method, record } = await train({ ...dataset, time }, { ...quick, epochs: 2 });
  assert.equal(method, 'autoencoder');
  assert.match(record.reason, /not ordered in time/);
});

test('an abort signal stops between epochs', async () => {
  const { dataset } = hiddenJumps(2000);
  const controller = new AbortController();
  const hooks = {
    signal: controller.signal,
    onEpoch: ({ epoch }: { epoch: number }) => void (epoch === 3 && controller.abort()),
  };
  await assert.rejects(train(dataset, quick, hooks), { code: 'interrupted', message: /after 3 epochs/ });
});

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
