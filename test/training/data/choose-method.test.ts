import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseMethod, lagInFrames } from '../../../src/training/data/choose-method.js';
import type { Dataset } from '../../../src/frames/index.js';
import type { TrainSettings } from '../../../src/training/options.js';

const run = (times: number[], cut = times.length): Dataset => ({
  columns: [],
  frames: times.length,
  data: new Float64Array(),
  time: Float64Array.from(times),
  segments: [
    { start: 0, end: cut, source: 'a' },
    { start: cut, end: times.length, source: 'b' },
  ],
});
const choose = (dataset: Dataset, method: TrainSettings['method']) =>
  chooseMethod(dataset, { method } as TrainSettings);

test('frames in order choose a slow method, others none, and who asks is given', () => {
  assert.deepEqual(choose(run([0, 2, 4]), 'auto'), {
    name: 'vamp-autoencoder',
    reason: 'frames are ordered in time, 2 ps apart',
  });
  assert.equal(choose(run([0, 2, 9]), 'auto').name, 'autoencoder');
  assert.deepEqual(choose(run([0, 2, 9]), 'pca'), { name: 'pca', reason: 'asked for' });
});

test('a lag is a multiple of the spacing within the longest trajectory', () => {
  const frames = run([0, 2, 4, 6, 0, 2], 4);
  assert.deepEqual([lagInFrames(frames, 2), lagInFrames(frames, 6)], [1, 3]);
  assert.throws(() => lagInFrames(frames, 8), { code: 'bad-argument', message: /at most 6 ps/ });
  assert.throws(() => lagInFrames(frames, 3), { code: 'bad-argument', message: /multiple of the 2 ps/ });
  assert.throws(() => lagInFrames(frames, 0.5), { message: /multiple of the 2 ps/ });
});
