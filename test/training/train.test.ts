import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { Dataset } from '../../src/frames/index.js';
import { evaluate } from '../../src/graph/index.js';
import { readModelFile, writeModelFile } from '../../src/onnx/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { newModel, train, trainSettings, type TrainOptions } from '../../src/training/index.js';
import { trainEncoder } from '../../src/training/train.js';
import { Random } from '../../src/support/random.js';
import { hiddenJumps, tableOf } from './data.js';

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

test('a biased run beside a plain one does not change what is slow', async () => {
  const plain = hiddenJumps(6000, 3).dataset;
  const biased = hiddenJumps(6000, 4).dataset;
  // under the bias the states flip at once, and what was fast is slow
  const order = Int32Array.from({ length: 6000 }, (_, frame) => frame);
  new Random(9).shuffle(order);
  for (let frame = 0; frame < 6000; frame++)
    for (const column of [2, 4]) biased.data[6 * frame + column] = plain.data[6 * order[frame] + column];
  for (let frame = 0; frame < 6000; frame++) biased.data[6 * frame] = Math.sin(frame / 300);
  const pooled: Dataset = {
    ...plain,
    frames: 12000,
    columns: [...plain.columns, { label: 'v' }],
    data: Float64Array.from({ length: 7 * 12000 }, (_, i) => {
      const [frame, column] = [Math.floor(i / 7), i % 7];
      if (column === 6) return frame < 6000 ? 0 : 1 + Math.sin(frame);
      return (frame < 6000 ? plain : biased).data[6 * (frame % 6000) + column];
    }),
    time: Float64Array.from({ length: 12000 }, (_, frame) => frame % 6000),
    segments: [0, 1].map((run) => ({ start: 6000 * run, end: 6000 * (run + 1), source: `run-${run}` })),
  };
  const asked: TrainOptions = { ...quick, method: 'tica', bias: ['v'], temperature: 300 };
  const [found, alone] = [await train(pooled, asked), await train(plain, { ...asked, bias: [] })];
  found.record.eigenvalues!.forEach((value, i) => {
    assert.ok(
      Math.abs(value - alone.record.eigenvalues![i]) < 0.03,
      `${value}, ${alone.record.eigenvalues![i]}`,
    );
  });
  // at another stride, too
  pooled.time.forEach((time, frame) => (pooled.time[frame] = frame < 6000 ? time : 3 * time));
  const { record } = await train(pooled, { ...quick, bias: ['v'], temperature: 300 });
  assert.ok(Math.abs(record.eigenvalues![0] - (1 - 0.02) ** 5) < 0.08, String(record.eigenvalues![0]));
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
    const bytes = writeModelFile(newModel(await train(dataset, { ...quick, epochs: 5, seed })));
    return createHash('sha256').update(bytes).digest('hex');
  };
  assert.equal(await digest(1), await digest(1));
  assert.notEqual(await digest(1), await digest(2));
});

test('the file gives the CVs of the training frames', async () => {
  const { dataset } = hiddenJumps(2000);
  const encoder = await train(dataset, { ...quick, epochs: 5 });
  const { graph, metadata } = readModelFile(writeModelFile(newModel(encoder)));
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
  // by plateaus a better epoch may come after the last fall that counts
  const options = { ...quick, epochs: 400, patience: 5, learningRate: 0.02, schedule: 'constant' } as const;
  const { record } = await train(dataset, options);
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
  await refused(
    dataset,
    { ...quick, latent: 0 },
    /expected a whole number from 1 to 64 for latent but received 0/,
  );
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
  await assert.rejects(trainEncoder(dataset, quick, hooks), {
    code: 'interrupted',
    message: /after 3 epochs/,
  });
});

test('more CVs than features, a lag longer than the trajectory, labels and CUDA that are not there: refused', async () => {
  const { dataset } = hiddenJumps(500);
  const two = tableOf([{ label: 'a' }, { label: 'b' }], dataset.data.slice(0, 1000));
  const cases: [Dataset, TrainOptions, RegExp, string][] = [
    [
      two,
      { latent: 3 },
      /at most as many CVs as the 2 features of the columns but received 3/,
      'bad-argument',
    ],
    [two, { lag: 600 }, /a lag within a trajectory, at most 499 ps, but received 600 ps/, 'bad-argument'],
    [two, { split: 'trajectories' }, /at least 2 trajectories to split by but received 1/, 'bad-data'],
    [two, { device: 'cuda', engine: 'onnxruntime', lag: 5 }, /CUDA was asked for but/, 'missing-tool'],
    [two, { precision: 'double', engine: 'tfjs', lag: 5 }, /single precision for tfjs/, 'bad-argument'],
  ];
  for (const [data, options, message, code] of cases) {
    await assert.rejects(trainEncoder(data, options), (error) => {
      assert.ok(error instanceof LatentcvError, String(error));
      assert.match(error.message, message);
      assert.ok(error.hint !== undefined);
      return error.code === code;
    });
  }
});

test('training in double gives what single precision gives, to its round-off', async () => {
  const { dataset } = hiddenJumps(2000);
  const losses = async (precision: 'float' | 'double'): Promise<number[]> =>
    (await trainEncoder(dataset, { ...quick, epochs: 3, precision })).record.curves.validation;
  const [single, double] = [await losses('float'), await losses('double')];
  assert.notDeepEqual(single, double);
  // 21 Adam steps from the same weights; single precision has 6e-8
  double.forEach((value, i) => assert.ok(Math.abs(value - single[i]) < 1e-5, `${value} and ${single[i]}`));
});

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

test('a lag has its unit, and a method its own options', async () => {
  assert.equal(trainSettings({ lag: '10ps' }).lag, 10);
  assert.equal(trainSettings({ lag: '0.5 ns' }).lag, 500);
  assert.equal(trainSettings({ lag: 7 }).lag, 7);
  for (const lag of ['10', 'soon', '1.2.3ps', '0ps'])
    assert.throws(() => trainSettings({ lag: lag as '10ps' }), { code: 'bad-argument' });
  const { dataset } = hiddenJumps(2000);
  const short = { hidden: [4], latent: 1, epochs: 1, lag: '5ps' } satisfies TrainOptions;
  const own: TrainOptions<'variational-autoencoder'> = { ...short, methodOptions: { beta: 0.5 } };
  const { record } = await train(dataset, { ...own, method: 'variational-autoencoder' });
  assert.deepEqual([record.settings.lag, record.settings.methodOptions], [5, { beta: 0.5 }]);
  // @ts-expect-error no option of this method
  const misspelled: TrainOptions<'variational-autoencoder'> = { ...short, methodOptions: { betta: 0.5 } };
  await assert.rejects(trainEncoder(dataset, { ...misspelled, method: 'variational-autoencoder' }), {
    code: 'bad-argument',
    message: /betta/,
  });
});
