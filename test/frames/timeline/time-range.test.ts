import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endsOf } from '../../../src/frames/timeline/time-range.js';

test('ends that are not given are open', () => {
  assert.deepEqual(endsOf({}), [-Infinity, Infinity]);
});

test('a time that print or single precision made rounder lies in the range, the next frame does not', () => {
  const [begin, end] = endsOf({ begin: 0.3, end: 1e5 }, 0.02);
  for (const time of [0.3, Math.fround(0.3), 0.2999999, 1e5, 1e5 + 0.004])
    assert.ok(time >= begin && time <= end, `${time}`);
  for (const time of [0.28, 1e5 + 0.02]) assert.ok(time < begin || time > end, `${time}`);
});
