import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SegmentCounter } from '../../../src/frames/timeline/segment-counter.js';

test('a stride counts from the first frame of each segment', () => {
  const counter = new SegmentCounter(3);
  const taken = (times: number[]): number[] => times.filter((time) => counter.take(time));
  assert.deepEqual(taken([0, 1, 2, 3, 4]), [0, 3]);
  counter.break();
  assert.deepEqual(taken([9, 10, 11, 12]), [9, 12]);
  assert.equal(counter.segment, 1);
});

test('a seam of the same run goes on where no time is missing, and breaks where it is', () => {
  for (const [next, segment] of [
    [3, 0],
    [3.4, 0],
    [3.6, 1],
  ]) {
    const counter = new SegmentCounter();
    [0, 1, 2].forEach((time) => counter.take(time));
    counter.seam(false);
    counter.take(next);
    assert.equal(counter.segment, segment, `${next} ps`);
  }
});

test('another run begins a segment, however well its times fit', () => {
  const counter = new SegmentCounter();
  [0, 1].forEach((time) => counter.take(time));
  counter.seam(true);
  counter.take(2);
  assert.equal(counter.segment, 1);
});

test('frames that are read a stride apart pass by as many as taking each would', () => {
  const counter = new SegmentCounter(4);
  assert.equal(counter.passBy(0), 0);
  assert.equal(counter.read(), true);
  // ten frames of one file, 0 to 9: the next that counts is the 12th
  counter.leave(10, 9, 1);
  counter.seam(false);
  assert.equal(counter.passBy(10), 2);
  assert.equal(counter.read(), false);
});
