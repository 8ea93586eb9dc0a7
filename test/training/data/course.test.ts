import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainSettings, type TrainOptions } from '../../../src/training/index.js';
import { courseOf, settled } from '../../../src/training/data/course.js';
import { moreEpochs, stillFalling } from '../../../src/training/loop/still-falling.js';
import { trainEncoder } from '../../../src/training/train.js';
import { Random } from '../../../src/support/random.js';
import { muellerBrown, overdamped, walkDataset } from '../../models/langevin.js';
import { withColumns } from '../data.js';

test('data of fifteen steps an epoch or more are trained for 150 epochs, smaller ones for as many steps', () => {
  // the quickstart: two runs of 10,001 frames, eight blocks of ten to train on, pairs 20 frames apart
  const quickstart = { batch: 1024, stepsPerEpoch: 15, epochs: 150, patience: 40 };
  assert.deepEqual(courseOf({}, 2 * 4 * (2000 - 20) + 6), quickstart);
  assert.deepEqual(courseOf({}, 1_000_000), { ...quickstart, stepsPerEpoch: 976 });
  assert.deepEqual(courseOf({}, 4000), { batch: 400, stepsPerEpoch: 10, epochs: 1000, patience: 60 });
  assert.deepEqual(courseOf({}, 366), { batch: 36, stepsPerEpoch: 10, epochs: 1000, patience: 60 });
  assert.deepEqual(courseOf({}, 40), { batch: 32, stepsPerEpoch: 1, epochs: 10_000, patience: 600 });
});

test('a loss that is a mean over frames has smaller batches, and goes on by steps', () => {
  const of = (samples: number) => courseOf({}, samples, { ofMeans: true });
  assert.deepEqual(of(20_000), { batch: 256, stepsPerEpoch: 78, epochs: 129, patience: 16 });
  assert.deepEqual(of(1_000_000), { batch: 256, stepsPerEpoch: 3906, epochs: 30, patience: 8 });
  assert.deepEqual(of(1000), { batch: 100, stepsPerEpoch: 10, epochs: 1000, patience: 120 });
});

test('what seeks slow directions ends after a thousand steps, or when it has seen all frames five times', () => {
  const of = (samples: number, asked = {}) => courseOf(asked, samples, { endsEarly: true });
  assert.deepEqual(of(16_000), { batch: 1024, stepsPerEpoch: 15, epochs: 67, patience: 40, endsEarly: true });
  assert.deepEqual(of(4000), { batch: 400, stepsPerEpoch: 10, epochs: 100, patience: 60, endsEarly: true });
  assert.deepEqual(of(1_000_000), {
    batch: 1024,
    stepsPerEpoch: 976,
    epochs: 5,
    patience: 40,
    endsEarly: true,
  });
  assert.deepEqual(of(4000, { epochs: 500 }), { batch: 400, stepsPerEpoch: 10, epochs: 500, patience: 60 });
});

test('the learning rate goes by the method, unless it is set', () => {
  const rate = (options: TrainOptions, ofMeans?: boolean) => {
    const { learningRate, schedule } = settled(trainSettings(options), { ofMeans });
    return [learningRate, schedule];
  };
  assert.deepEqual(rate({}), [0.001, 'constant']);
  assert.deepEqual(rate({}, true), [0.005, 'plateau']);
  assert.deepEqual(rate({ learningRate: 0.01, schedule: 'linear' }, true), [0.01, 'linear']);
  assert.deepEqual(rate({ rows: true }, true), [0.001, 'cosine']);
});

test('what is set is taken as it is', () => {
  const asked = { batch: 1024, epochs: 20, patience: 5 };
  assert.deepEqual(courseOf(asked, 4000), { ...asked, stepsPerEpoch: 3 });
  assert.deepEqual(courseOf(asked, 4000, { ofMeans: true }), { ...asked, stepsPerEpoch: 3 });
  assert.deepEqual(courseOf(asked, 500), { ...asked, batch: 500, stepsPerEpoch: 1 });
});

const at = (validation: number[]) => ({
  curves: { train: validation, validation, parts: {} },
  bestEpoch: validation.indexOf(Math.min(...validation)),
});
const curve = (epochs: number, loss: (epoch: number) => number, noise: number, seed = 1): number[] => {
  const random = new Random(seed);
  return Array.from({ length: epochs }, (_, epoch) => loss(epoch) + noise * random.normal());
};
const converged = (epoch: number): number => 0.2 + Math.exp(-epoch / 15);
const slow = (epoch: number): number => 0.2 + Math.exp(-epoch / 150);

test('a loss that falls to the last epoch is told, with noise and without', () => {
  assert.ok(stillFalling(at(curve(150, slow, 0)), 150));
  for (let seed = 1; seed <= 20; seed++) {
    const found = at(curve(150, slow, 0.002, seed));
    // by chance the best may lie before the last tenth
    if (found.bestEpoch >= 134) assert.ok(stillFalling(found, 150), `seed ${seed}`);
  }
});

test('a converged loss is not told, wherever its noise has the best epoch, nor a training that stopped by itself', () => {
  let told = 0;
  for (let seed = 1; seed <= 200; seed++)
    for (const noise of [0, 0.001, 0.02])
      told += stillFalling(at(curve(150, converged, noise, seed)), 150) ? 1 : 0;
  assert.ok(told <= 2, `${told} of 600`);
  assert.ok(!stillFalling(at(curve(140, slow, 0)), 150));
  assert.ok(!stillFalling(at(curve(150, (epoch) => 1 + Math.exp(-epoch / 15) + 1e-6 * epoch, 0)), 150));
});

test('the epochs to go on with are a round number', () => {
  assert.deepEqual([10, 20, 150, 1000, 2250].map(moreEpochs), [50, 100, 1000, 5000, 10_000]);
});

test('a regression on few frames is told at its cap, and goes on by steps where none is set', async () => {
  const walk = { start: [-0.5, 1.4], step: 5e-4, stride: 20, frames: 2000, seed: 1 };
  const table = walkDataset(overdamped(muellerBrown, walk), walk);
  const energy = Array.from({ length: walk.frames }, (_, i) =>
    muellerBrown.energy(table.data.subarray(2 * i, 2 * i + 2)),
  );
  const data = withColumns(table, { energy });
  const options: TrainOptions = { method: 'regression', properties: ['energy'], latent: 1, hidden: [16] };
  const warnings: string[] = [];
  const onWarning = (line: string): void => void warnings.push(line);
  const short = await trainEncoder(data, { ...options, epochs: 20 }, { onWarning });
  assert.deepEqual(warnings, [
    'the validation loss was still falling at epoch 20 of 20: ‘epochs: 100’ goes further',
  ]);
  const { record } = await trainEncoder(data, options);
  assert.deepEqual(
    [record.batch, record.stepsPerEpoch, record.settings.epochs, record.settings.patience],
    [160, 10, 1000, 120],
  );
  const best = (of: typeof record): number => of.curves.validation[of.bestEpoch];
  assert.ok(best(record) < 0.5 * best(short.record), `${best(record)} and ${best(short.record)}`);
});

test('of rows a batch is a twentieth, and the steps are 3,000, with properties 1,500, or 30 epochs, all of them', () => {
  assert.deepEqual(courseOf({ rows: true }, 1230), {
    batch: 62,
    stepsPerEpoch: 19,
    epochs: 158,
    patience: 158,
  });
  assert.deepEqual(courseOf({ rows: true }, 100), {
    batch: 16,
    stepsPerEpoch: 6,
    epochs: 500,
    patience: 500,
  });
  assert.deepEqual(courseOf({ rows: true }, 100_000), {
    batch: 256,
    stepsPerEpoch: 390,
    epochs: 30,
    patience: 30,
  });
  assert.equal(courseOf({ rows: true, properties: ['gap'] }, 1230).epochs, 79);
  assert.deepEqual(courseOf({ rows: true, epochs: 9, batch: 50 }, 1000).patience, 9);
});
