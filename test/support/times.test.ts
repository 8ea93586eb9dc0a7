import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picoseconds } from '../../src/support/times.js';

test('times are in ps, whatever their unit', () => {
  assert.deepEqual(
    ['10', '10ps', '0.5ns', '2 NS', '5fs', '1us', '1e-3ns', '-1', 'ps', '1h', '1.2.3'].map(picoseconds),
    [10, 10, 500, 2000, 0.005, 1e6, 1, NaN, NaN, NaN, NaN],
  );
});
