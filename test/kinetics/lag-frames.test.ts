import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evenSpacing, lagFrames } from '../../src/kinetics/lag-frames.js';

const run = (...times: number[]) => ({
  time: Float64Array.from(times),
  segments: [{ start: 0, end: times.length, source: 'a' }],
});

test('a lag is the nearest whole number of frames, one at least', () => {
  assert.deepEqual(
    [0.1, 1.2, 1.3, 0].map((lag) => lagFrames(run(0, 0.5, 1), lag)),
    [1, 2, 3, 1],
  );
});

test('frames that are not evenly spaced have no spacing and no lag', () => {
  assert.deepEqual([evenSpacing(run(0, 1, 5)), lagFrames(run(0, 1, 5), 1)], [undefined, undefined]);
  assert.equal(evenSpacing(run(7)), undefined);
});
