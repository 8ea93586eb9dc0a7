import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameTimes } from '../../../src/frames/timeline/frame-times.js';

function timesOf(values: number[]): FrameTimes {
  const times = new FrameTimes();
  for (const value of values) times.push(value);
  return times;
}

const same = (values: number[]): void => {
  const times = timesOf(values);
  assert.equal(times.length, values.length);
  values.forEach((value, i) => {
    assert.ok(Math.abs(times.at(i)! - value) < 1e-3, `${i}: ${times.at(i)} for ${value}`);
  });
};

test('even times, with the rounding of six decimals, come back', () => {
  same(Array.from({ length: 5000 }, (_, i) => Number((i / 3).toFixed(6))));
});

test('runs one after the other, holes and odd times come back', () => {
  same([0, 1, 2, 3, 0, 0.5, 1, 1.5, 7, 7.5, 8, 100, 3, 3.7, 9, 9.1]);
  same([5]);
});

test('a frame that is not there has no time', () => {
  const times = timesOf([0, 1]);
  assert.equal(times.at(2), undefined);
  assert.equal(times.at(-1), undefined);
});
