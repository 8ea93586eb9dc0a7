import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitByTime, type Samples } from '../../src/training/samples.js';

const segments = [
  { start: 0, end: 600, source: 'a' },
  { start: 600, end: 1000, source: 'b' },
];

test('pairs stay inside their block and no frame is on both sides', () => {
  const { train, validation } = splitByTime(segments, { lag: 7 });
  const touched = ({ now, later }: Samples): Set<number> => new Set([...now, ...later!]);
  const trained = touched(train);
  for (const frame of touched(validation)) assert.ok(!trained.has(frame), `frame ${frame} is on both sides`);
  for (const { now, later } of [train, validation]) {
    now.forEach((start, i) => {
      assert.equal(later![i], start + 7);
      assert.ok(start < 600 ? later![i] < 600 : later![i] < 1000);
    });
  }
});

test('every fifth block validates', () => {
  const { train, validation } = splitByTime([{ start: 0, end: 1000, source: 'a' }], { lag: 0 });
  assert.equal(train.now.length, 800);
  assert.equal(validation.now.length, 200);
  assert.deepEqual([validation.now[0], validation.now[100]], [200, 700]);
});

test('a lag longer than the blocks leaves no pairs', () => {
  const { train } = splitByTime(segments, { lag: 200 });
  assert.equal(train.now.length, 0);
});

test('a pair weighs what its first frame weighs, with mean one over the training pairs', () => {
  const weights = Float64Array.from({ length: 1000 }, (_, i) => (i % 2 ? 3 : 1));
  const { train } = splitByTime(segments, { lag: 1, weights });
  const mean = train.weight!.reduce((sum, w) => sum + w, 0) / train.now.length;
  assert.ok(Math.abs(mean - 1) < 1e-5);
  train.now.forEach((frame, i) => assert.ok(Math.abs(train.weight![i] - weights[frame] / 2) < 0.01));
});
