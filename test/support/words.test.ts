import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  counted,
  digits,
  durationText,
  inPicoseconds,
  percent,
  plural,
  rateInWords,
  shortList,
  withError,
} from '../../src/support/words.js';

test('numbers have the digits that are asked for, and no zeros behind them', () => {
  assert.equal(digits(0.1), '0.1');
  assert.equal(digits(72), '72');
  assert.equal(digits(123_456), '123000');
  assert.equal(digits(-1.23456e-7, 4), '-1.235e-7');
  assert.equal(withError(0.94123, 0.0519), '0.941 ± 0.052');
  assert.equal(withError(9.4, 0.5, 1), '9.4 ± 0.5');
});

test('times are told to the femtosecond', () => {
  assert.deepEqual([5033.00024, 0.0004, 1e7 + 0.002].map(inPicoseconds), ['5033', '0', '10000000.002']);
});

test('parts of one are told in whole percent', () => {
  assert.equal(percent(0.124), '12 %');
  assert.equal(percent(-0.001), '0 %');
});

test('a rate has its error, or what it is below where nothing was counted', () => {
  assert.equal(rateInWords({ rate: 12.04, error: 2.449, below: null }), '12 ± 2.4');
  assert.equal(rateInWords({ rate: 0, error: null, below: 1.4979 }), 'below 1.5');
  assert.equal(rateInWords({ rate: 0, error: null, below: null }), '0');
});

test('a noun agrees with its number', () => {
  assert.equal(counted(1, 'crossing'), '1 crossing');
  assert.equal(counted(0, 'crossing'), '0 crossings');
  assert.equal(plural(2, 'frame'), 'frames');
});

test('durations are told in two units at most', () => {
  assert.equal(durationText(41.6), '42 s');
  assert.equal(durationText(200), '3 min 20 s');
  assert.equal(durationText(7500), '2 h 5 min');
});

test('long lists are cut short', () => {
  assert.equal(shortList(['a', 'b']), 'a, b');
  assert.equal(shortList(['a', 'b', 'c', 'd'], 2), 'a, b and 2 more');
  assert.equal(shortList(['a', 'b', 'c'], 2), 'a, b, c');
});
