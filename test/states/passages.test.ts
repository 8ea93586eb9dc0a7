import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passages } from '../../src/states/passages.js';

test('passages and round trips between cores, none across the end of a range', () => {
  //                            a  .  b  .  a  .  c  .  b  a | c  c  a
  const cores = Uint8Array.from([1, 0, 2, 0, 1, 1, 3, 0, 2, 1, 3, 3, 1]);
  const ranges = [
    { start: 0, end: 10 },
    { start: 10, end: 13 },
  ];
  const { counts, roundTrips } = passages(cores, 3, ranges);
  assert.deepEqual(counts, [
    [0, 1, 1],
    [2, 0, 0],
    [1, 1, 0],
  ]);
  // a b a b a between a and b; a c a, then c a, between a and c; b c b
  assert.deepEqual(roundTrips, [
    [0, 2, 1],
    [2, 0, 1],
    [1, 1, 0],
  ]);
});

test('looks that are further apart see fewer', () => {
  const cores = Uint8Array.from({ length: 100 }, (_, i) => (Math.floor(i / 5) % 2) + 1);
  const time = Float64Array.from({ length: 100 }, (_, i) => i);
  const whole = [{ start: 0, end: 100 }];
  assert.equal(passages(cores, 2, whole).counts[0][1], 10);
  assert.equal(passages(cores, 2, whole, { time, every: 10 }).counts[0][1], 0);
});
