import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conformalIntervals } from '../../src/properties/index.js';
import { Random } from '../../src/support/random.js';

test('the half width is the ⌈(n + 1) level⌉-th smallest error, and none where there are too few', () => {
  const errors = [1, -2, 3, -4, 5, -6, 7, -8, 9];
  const widths = conformalIntervals(errors, new Int32Array(9)).map(({ halfWidth }) => halfWidth);
  // ranks 5, 7 (6.8), 8, 9 and 10 (9.5) of nine
  assert.deepEqual(widths, [5, 7, 8, 9, null]);
});

test('intervals from other folds hold as many rows as they say, and so do later rows', () => {
  const random = new Random(5);
  const draw = (): number => random.normal() * (1 + Math.abs(random.normal()));
  const errors = Array.from({ length: 2000 }, draw);
  const later = Array.from({ length: 20_000 }, draw);
  for (const { level, halfWidth, coverage } of conformalIntervals(
    errors,
    errors.map((_, i) => i % 5),
  )) {
    // four standard errors of a part of 2000 rows
    const error = 4 * Math.sqrt((level * (1 - level)) / 2000);
    assert.ok(Math.abs(coverage! - level) < error, `${coverage} of ${level}`);
    const held = later.filter((value) => Math.abs(value) <= halfWidth!).length / later.length;
    assert.ok(Math.abs(held - level) < error, `${held} of ${level}`);
  }
});
