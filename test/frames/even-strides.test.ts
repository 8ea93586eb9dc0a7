import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evenStrides, type Dataset } from '../../src/frames/index.js';

/** Runs with these times; the one column counts frames. */
function runs(...times: number[][]): Dataset {
  const time = Float64Array.from(times.flat());
  let start = 0;
  return {
    columns: [{ label: 'n' }],
    frames: time.length,
    data: Float64Array.from(time.keys()),
    time,
    segments: times.map((own, i) => ({ start, end: (start += own.length), source: `run${i}` })),
  };
}

test('of denser runs every so many frames are taken, which is told', () => {
  const told: string[] = [];
  const even = evenStrides(runs([0, 0.5, 1, 1.5, 2], [3, 4, 5], [0, 0.25, 0.5, 0.75, 1], [9]), (line) =>
    told.push(line),
  );
  assert.deepEqual([...even.time], [0, 1, 2, 3, 4, 5, 0, 1, 9]);
  assert.deepEqual([...even.data], [0, 2, 4, 5, 6, 7, 8, 12, 13]);
  assert.deepEqual(
    even.segments.map(({ start, end, source }) => [start, end, source]),
    [
      [0, 3, 'run0'],
      [3, 6, 'run1'],
      [6, 8, 'run2'],
      [8, 9, 'run3'],
    ],
  );
  assert.equal(even.frames, 9);
  assert.deepEqual(told, [
    'frames are 1 ps apart in run1 and closer in run0, run2, of which one in 2, 4 is taken',
  ]);
});

test('runs of which no lag is taken stay as they are', () => {
  const dataset = runs([0, 0.5, 1], [0, 1, 2], [0, 2, 5]);
  const fail = (): never => assert.fail();
  assert.equal(evenStrides(dataset, fail, new Set(['run0'])), dataset);
  const even = evenStrides(dataset, undefined, new Set(['run0', 'run1']));
  assert.deepEqual([...even.time], [0, 1, 0, 1, 2, 0, 2, 5]);
});

test('frames of one spacing stay, and so do those without a common one', () => {
  for (const dataset of [
    runs([0, 1, 2], [5, 6]),
    runs([0, 2, 4], [0, 3, 6]),
    runs([0, 1, 3], [0, 0.5, 1]),
    runs([7], [8]),
  ])
    assert.equal(
      evenStrides(dataset, () => assert.fail()),
      dataset,
    );
});
