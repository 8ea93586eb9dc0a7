import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conformalIntervals, relativeWidth } from '../../src/properties/index.js';
import { Random } from '../../src/support/random.js';

test('the half width is the ⌈(n + 1) level⌉-th smallest error, and none where there are too few', () => {
  const errors = [1, -2, 3, -4, 5, -6, 7, -8, 9];
  const { intervals } = conformalIntervals({ errors, folds: new Int32Array(9) });
  const widths = intervals.map(({ halfWidth }) => halfWidth);
  // ranks 5, 7 (6.8), 8, 9 and 10 (9.5) of nine
  assert.deepEqual(widths, [5, 7, 8, 9, null]);
});

test('intervals from other folds hold as many rows as they say, and so do later rows', () => {
  const random = new Random(5);
  const draw = (): number => random.normal() * (1 + Math.abs(random.normal()));
  const errors = Array.from({ length: 2000 }, draw);
  const later = Array.from({ length: 20_000 }, draw);
  const { intervals, spread } = conformalIntervals({ errors, folds: errors.map((_, i) => i % 5) });
  assert.equal(spread, undefined);
  for (const { level, halfWidth, coverage } of intervals) {
    // four standard errors of a part of 2000 rows
    const error = 4 * Math.sqrt((level * (1 - level)) / 2000);
    assert.ok(Math.abs(coverage! - level) < error, `${coverage} of ${level}`);
    const held = later.filter((value) => Math.abs(value) <= halfWidth!).length / later.length;
    assert.ok(Math.abs(held - level) < error, `${held} of ${level}`);
  }
});

/** Errors with deviations of their own, and a spread that knows of them. */
function drawn(rows: number, seed: number): { errors: number[]; spread: number[] } {
  const random = new Random(seed);
  const spread = Array.from({ length: rows }, () => Math.exp(random.normal()));
  return { errors: spread.map((deviation) => random.normal() * (0.5 + deviation)), spread };
}

test('by the spread of an ensemble, intervals hold more alike where it is large and where it is small', () => {
  const { errors, spread } = drawn(2000, 7);
  const { intervals, spread: mean } = conformalIntervals({
    ...{ errors, spread },
    folds: errors.map((_, i) => i % 5),
  });
  assert.ok(Math.abs(mean! - Math.exp(0.5)) < 0.2, `${mean}`);
  const later = drawn(20_000, 8);
  const { halfWidth, coverage } = intervals.find(({ level }) => level === 0.9)!;
  const sides = [true, false].map((large) => {
    const rows = [...later.errors.keys()].filter((i) => later.spread[i] > 1 === large);
    const held = rows.filter(
      (i) => Math.abs(later.errors[i]) <= halfWidth! * relativeWidth(later.spread[i], mean!),
    );
    return held.length / rows.length;
  });
  assert.ok(Math.abs(coverage! - 0.9) < 0.027 && Math.abs((sides[0] + sides[1]) / 2 - 0.9) < 0.03);
  const { intervals: constant } = conformalIntervals({ errors, folds: errors.map((_, i) => i % 5) });
  const ofOneWidth = constant.find(({ level }) => level === 0.9)!.halfWidth!;
  const small = [...later.errors.keys()].filter((i) => later.spread[i] <= 1);
  const kept = small.filter((i) => Math.abs(later.errors[i]) <= ofOneWidth).length / small.length;
  // the deviation 0.5 + spread is no multiple of 1 + spread / mean, so that a part of the difference stays
  assert.ok(sides[1] - sides[0] < 0.15 && sides[1] < kept - 0.02, `${sides.join()}, ${kept}`);
  assert.ok(halfWidth! < ofOneWidth);
});

test('a spread that knows nothing of the errors, or is nothing, is left out', () => {
  const { errors } = drawn(2000, 9);
  const folds = errors.map((_, i) => i % 5);
  const { spread } = drawn(2000, 10);
  assert.equal(conformalIntervals({ errors, folds, spread }).spread, undefined);
  assert.equal(conformalIntervals({ errors, folds, spread: errors.map(() => 0) }).spread, undefined);
});
