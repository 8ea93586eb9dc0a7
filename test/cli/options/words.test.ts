import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finiteNumber, listed } from '../../../src/cli/options/words.js';

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
