import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameSpacing } from '../../../src/frames/timeline/frame-spacing.js';

const run = (times: number[], cut = times.length) => ({
  time: Float64Array.from(times),
  segments: [
    { start: 0, end: cut, source: 'a' },
    { start: cut, end: times.length, source: 'b' },
  ].filter(({ start, end }) => end > start),
});

test('the time between neighbours of one segment, to six digits', () => {
  assert.equal(frameSpacing(run([0, 0.1, 0.2, 0.30000000000000004])).spacing, 0.1);
  // between segments there is none
  assert.equal(frameSpacing(run([0, 2, 4, 100, 102], 3)).spacing, 2);
});

test('one odd gap does not decide what is odd, and is named', () => {
  assert.throws(() => frameSpacing(run([0, 5, 6, 7, 8])), {
    code: 'bad-data',
    message: 'expected frames every 1 ps but received 5 ps between frames 0 and 1 (a)',
  });
  assert.equal(frameSpacing(run([0, 1, 2.009, 3])).spacing, 1);
});

test('no two frames that follow one another', () => {
  assert.throws(() => frameSpacing(run([0, 1], 1)), { code: 'bad-data', message: /at least two frames/ });
});
