import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binnedDensity, maximaOf, minimumBetween } from '../../src/kinetics/density.js';
import { Random } from '../../src/support/random.js';

test('maxima, of level tops the last, ends too; the lowest cell between', () => {
  assert.deepEqual(maximaOf(Float64Array.of(3, 1, 2, 2, 1, 5)), [0, 3, 5]);
  assert.deepEqual(maximaOf(Float64Array.of(1, 1, 1)), [2]);
  assert.equal(minimumBetween(Float64Array.of(3, 1, 0.5, 2, 4), 0, 4), 2);
});

test('two heaps give two maxima where they are, and keep their weight', () => {
  const random = new Random(6);
  const values = Float64Array.from({ length: 4000 }, (_, i) => (i % 4 ? 0 : 10) + random.normal());
  const { at, value } = binnedDensity(values)!;
  const tops = maximaOf(value).filter((cell) => value[cell] > 1);
  assert.equal(tops.length, 2);
  assert.ok(Math.abs(at[tops[0]]) < 0.5 && Math.abs(at[tops[1]] - 10) < 0.5);
  const left = value.subarray(0, minimumBetween(value, ...(tops as [number, number])));
  assert.ok(Math.abs(left.reduce((sum, cell) => sum + cell, 0) - 3000) < 10);
});

test('frames of one value have none', () => {
  assert.equal(binnedDensity(Float64Array.of(2, 2, 2)), undefined);
});
