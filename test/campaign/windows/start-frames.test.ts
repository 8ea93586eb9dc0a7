import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFrames } from '../../../src/campaign/index.js';

const cv = [-0.9, 0.1, 0.6, -0.4];
const frames = {
  time: Float64Array.of(0, 5, 0, 5),
  segments: [
    { start: 0, end: 2, source: 'a.xtc' },
    { start: 2, end: 4, source: 'b.xtc' },
  ],
};

test('a window starts from the frame that is nearest to its centre, of whichever run', () => {
  const found = startFrames(cv, frames, [-1, 0, 0.5, -0.5]);
  assert.deepEqual(
    found.map(({ frame, source, time }) => [frame, source, time]),
    [
      [0, 'a.xtc', 0],
      [1, 'a.xtc', 5],
      [2, 'b.xtc', 0],
      [3, 'b.xtc', 5],
    ],
  );
  assert.ok(Math.abs(found[0].away - 0.1) < 1e-12);
});

test('on a periodic CV the shorter way round counts', () => {
  const [found] = startFrames(cv, frames, [1], [-1, 1]);
  assert.equal(found.frame, 0);
  assert.ok(Math.abs(found.away - 0.1) < 1e-12);
});
