import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameTime, singleRoundoff } from '../../../src/frames/timeline/tolerances.js';

test('single precision takes at most what is allowed for it', () => {
  for (const time of [0.1, 123.456, 1e6 + 0.02, -77.7])
    assert.ok(Math.abs(Math.fround(time) - time) <= singleRoundoff(time), `${time}`);
});

test('times printed with six decimals are the same, neighbours never are', () => {
  for (const time of [0, 1 / 3, 5000 / 7]) {
    const printed = Number(time.toFixed(6));
    assert.ok(Math.abs(printed - time) < sameTime(time, NaN));
  }
  // 10⁷ ps in single precision are 1 ps apart: frames 0.5 ps apart are still told apart
  assert.equal(sameTime(1e7, 0.5), 0.125);
  assert.ok(sameTime(1e7, NaN) > 1);
});
