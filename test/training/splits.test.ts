import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitByTime } from '../../src/training/splits.js';

const segments = [
  { start: 0, end: 600, source: 'a' },
  { start: 600, end: 1000, source: 'b' },
];

test('pairs stay inside their block and no frame is on both sides', () => {
  const lag = 7;
  const { train, validation } = splitByTime(segments, { lag });
  const touched = (starts: Int32Array): Set<number> => new Set([...starts].flatMap((t) => [t, t + lag]));
  const trained = touched(train);
  for (const frame of touched(validation)) assert.ok(!trained.has(frame), `frame ${frame} is on both sides`);
  for (const start of [...train, ...validation])
    assert.ok(start < 600 ? start + lag < 600 : start + lag < 1000);
});

test('every fifth block validates', () => {
  const { train, validation } = splitByTime([{ start: 0, end: 1000, source: 'a' }], { lag: 0 });
  assert.equal(train.length, 800);
  assert.equal(validation.length, 200);
  assert.deepEqual([validation[0], validation[100]], [200, 700]);
});

test('a lag longer than the blocks leaves no pairs', () => {
  const { train } = splitByTime(segments, { lag: 200 });
  assert.equal(train.length, 0);
});
