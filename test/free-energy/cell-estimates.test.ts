import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BlockMoments } from '../../src/free-energy/block-moments.js';
import { estimateCells } from '../../src/free-energy/cell-estimates.js';

/** Moments of one cell, whose share of its frames each of four blocks of equal weight has. */
function momentsOf(shares: number[]): BlockMoments {
  const sum = (list: number[]): Float64Array => Float64Array.of(list.reduce((a, b) => a + b, 0));
  return {
    weights: Float64Array.of(1),
    frames: Float64Array.of(1),
    products: [[sum(shares.map((share) => share * share))]],
    withWeight: [sum(shares)],
    weight: 4,
    weightSquared: 4,
  };
}
const estimate = { logDensity: -2, factors: [1], bias: 0 };

test('the error is the spread over the blocks, and beside it in squares what smoothing may have done', () => {
  const sums = momentsOf([0.4, 0.3, 0.2, 0.1]);
  const spread = Math.sqrt((0.05 * 4) / 3);
  const { values, errors, blocks } = estimateCells(sums, 4, Float64Array.of(10), () => estimate);
  assert.deepEqual([values[0], blocks], [-2, 4]);
  assert.ok(Math.abs(errors[0] - spread) < 1e-14);
  const biased = estimateCells(sums, 4, Float64Array.of(10), () => ({ ...estimate, bias: 0.3 }));
  assert.ok(Math.abs(biased.errors[0] - Math.hypot(spread, 0.3)) < 1e-14);
});

test('a cell of fewer than two blocks has no error, one without frames no density', () => {
  const once = estimateCells(momentsOf([1, 0, 0, 0]), 4, Float64Array.of(10), () => estimate);
  assert.deepEqual([once.values[0], once.errors[0]], [-2, NaN]);
  const empty = estimateCells(momentsOf([0.25, 0.25, 0.25, 0.25]), 4, Float64Array.of(0.4), () => estimate);
  assert.deepEqual([empty.values[0], empty.errors[0]], [NaN, NaN]);
});
