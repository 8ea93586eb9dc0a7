import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duration, finiteNumber, listed } from '../../../src/cli/options/words.js';

test('numbers are finite, or none', () => {
  assert.deepEqual(['1e3', ' -2 ', '', 'x', 'Infinity', '0x10'].map(finiteNumber), [
    1000,
    -2,
    NaN,
    NaN,
    NaN,
    16,
  ]);
});

test('lists are apart by commas, else by blanks; quotes keep blanks', () => {
  assert.deepEqual(listed('phi, psi'), ['phi', 'psi']);
  assert.deepEqual(listed('phi psi'), ['phi', 'psi']);
  assert.deepEqual(listed('"my d" psi'), ['my d', 'psi']);
  assert.deepEqual(listed('"my d",psi'), ['my d', 'psi']);
  assert.deepEqual(listed(''), ['']);
});

test('times are in ps, whatever their unit', () => {
  assert.deepEqual(
    ['10', '10ps', '0.5ns', '2 NS', '5fs', '1us', '1e-3ns', '-1', 'ps', '1h', '1.2.3'].map(duration),
    [10, 10, 500, 2000, 0.005, 1e6, 1, NaN, NaN, NaN, NaN],
  );
});
