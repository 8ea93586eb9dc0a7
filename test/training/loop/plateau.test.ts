import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeModelFile } from '../../../src/onnx/index.js';
import { newModel, type TrainedEncoder, type TrainOptions } from '../../../src/training/index.js';
import { afterEpoch, atFullRate, rateLeft } from '../../../src/training/loop/plateau.js';
import { trainEncoder } from '../../../src/training/train.js';
import { hiddenJumps } from '../data.js';

/** Part of the learning rate in each epoch after the first. */
function ratesAlong(validation: readonly number[], patience: number): number[] {
  let plateau = atFullRate;
  return validation.map((_, i) => {
    plateau = afterEpoch(plateau, validation.slice(0, i + 1), { patience });
    return rateLeft(plateau);
  });
}

const close = (found: readonly number[], expected: readonly number[]): void => {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-12, `${found.join(' ')}`));
};

test('the rate drops to 0.3 of itself after each quarter of the patience without a fall, three times', () => {
  const standing = [3, 2, ...new Array<number>(9).fill(2)];
  close(ratesAlong(standing, 8), [1, 1, 1, 0.3, 0.3, 0.09, 0.09, 0.027, 0.027, 0.027, 0.027]);
});

test('a fall begins the wait anew, a drop stays, and a thousandth of all the fall or of the loss is none', () => {
  close(ratesAlong([3, 2, 2, 2, 1.9, 1.9, 1.9, 1.9], 8), [1, 1, 1, 0.3, 0.3, 0.3, 0.09, 0.09]);
  close(ratesAlong([3, 2, 1.9995, 1.9991, 1.9985], 8), [1, 1, 1, 0.3, 0.3]);
  close(ratesAlong([3, 2, 1.9995, 1.9985], 8), [1, 1, 1, 1]);
  // a loss that has come near to zero
  close(ratesAlong([100, 0.01, 0.0099, 0.0098, 0.0098, 0.0098], 8), [1, 1, 1, 1, 1, 0.3]);
});

test('losses below zero, and one that only rises', () => {
  close(ratesAlong([-0.1, -0.5, -0.6, -0.6, -0.6], 8), [1, 1, 1, 1, 0.3]);
  close(ratesAlong([1, 2, 3], 4), [1, 0.3, 0.09]);
});

test('a training that stopped after the rate dropped goes on to what one that did not stop gives', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'latentcv-plateau-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'checkpoint');
  const { dataset } = hiddenJumps(2000);
  // a rate so large that the loss soon stands still
  const options: TrainOptions = {
    ...{ hidden: [8], lag: 5, batch: 256, seed: 2 },
    ...{ schedule: 'plateau', learningRate: 0.1, patience: 12 },
  };
  const bytes = (encoder: TrainedEncoder): Uint8Array => writeModelFile(newModel(encoder));
  const straight = await trainEncoder(dataset, { ...options, epochs: 24 });
  await trainEncoder(dataset, { ...options, epochs: 14 }, { checkpoint: { file } });
  const going = { ...options, epochs: 24 };
  const resumed = await trainEncoder(dataset, going, { checkpoint: { file, resume: true } });
  assert.deepEqual(bytes(resumed), bytes(straight));
  const constant = await trainEncoder(dataset, { ...going, schedule: 'constant' });
  assert.notDeepEqual(constant.record.curves.validation, straight.record.curves.validation);
  const told: string[] = [];
  await trainEncoder(
    dataset,
    { ...going, patience: 16 },
    { checkpoint: { file, resume: true }, onWarning: (line) => void told.push(line) },
  );
  assert.match(
    told.join(),
    /learning rate \(plateau\) went by 12 epochs of patience and goes by 16 from here/,
  );
});
