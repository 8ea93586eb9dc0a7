import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { writeModelFile } from '../../src/onnx/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import {
  newModel,
  train,
  type EpochReport,
  type TrainedEncoder,
  type TrainOptions,
} from '../../src/training/index.js';
import { trainEncoder } from '../../src/training/train.js';
import { hiddenJumps, withColumns } from './data.js';

const quick: TrainOptions = { hidden: [12], latent: 2, lag: 5, batch: 256, epochs: 8, seed: 4, restarts: 2 };

test('a worker gives the same file bit for bit as the calling thread', async () => {
  const { dataset } = hiddenJumps(2000);
  const digest = (encoder: TrainedEncoder): string =>
    createHash('sha256')
      .update(writeModelFile(newModel(encoder)))
      .digest('hex');
  assert.equal(digest(await train(dataset, quick)), digest(await trainEncoder(dataset, quick)));
});

test('the event loop goes on while a worker trains', async () => {
  const { dataset } = hiddenJumps(2000);
  let [turns, done] = [0, false];
  const training = train(dataset, quick).finally(() => (done = true));
  while (!done) {
    turns++;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await training;
  assert.ok(turns > 20, `${turns} turns`);
});

test('a worker tells of every epoch, and of what is unusual', async () => {
  const { dataset } = hiddenJumps(2000);
  const reports: EpochReport[] = [];
  const warnings: string[] = [];
  const table = withColumns(dataset, { still: new Float64Array(2000).fill(3) });
  const { record } = await train(table, quick, {
    onEpoch: (report) => void reports.push(report),
    onWarning: (message) => void warnings.push(message),
  });
  assert.deepEqual(warnings, ['the column still is left out: it is constant']);
  assert.equal(reports.length, 16);
  assert.deepEqual(
    reports.filter(({ restart }) => restart === record.restart).map(({ train }) => train),
    record.curves.train,
  );
  assert.ok(reports.every(({ rate, secondsLeft }) => rate > 0 && secondsLeft >= 0));
});

test('a worker that prepares its first epoch is not waited for where it shall stop', async () => {
  const { dataset } = hiddenJumps(2000);
  const controller = new AbortController();
  const training = train(dataset, quick, { signal: controller.signal });
  controller.abort();
  await assert.rejects(training, {
    code: 'interrupted',
    message: 'training was stopped before an epoch was done',
  });
});

test('a worker stops on a signal, and refuses as the calling thread does', async () => {
  const { dataset } = hiddenJumps(2000);
  const controller = new AbortController();
  const hooks = {
    signal: controller.signal,
    onEpoch: ({ epoch }: EpochReport): void => void (epoch === 3 && controller.abort()),
  };
  await assert.rejects(train(dataset, { ...quick, epochs: 100_000, patience: 100_000 }, hooks), {
    code: 'interrupted',
    message: /after \d+ epochs/,
  });
  await assert.rejects(
    train(dataset, { ...quick, lag: 0.7 }),
    (error) => error instanceof LatentcvError && error.code === 'bad-argument' && error.hint !== undefined,
  );
});

test('what a hook throws ends the training with that, not the process', async () => {
  const { dataset } = hiddenJumps(2000);
  const broken = (): never => {
    throw new RangeError('the plot has no such axis');
  };
  await assert.rejects(train(dataset, quick, { onEpoch: broken }), RangeError);
  const table = withColumns(dataset, { still: new Float64Array(2000).fill(3) });
  await assert.rejects(train(table, quick, { onWarning: broken }), /no such axis/);
});
