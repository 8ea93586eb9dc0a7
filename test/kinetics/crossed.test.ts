import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCrossed } from '../../src/kinetics/crossed.js';
import type { CvBasins } from '../../src/kinetics/cv-basins.js';

const basins = (...crossings: number[]) =>
  ({ barriers: crossings.map((n) => ({ crossings: n })) }) as CvBasins;
const runs = (...lengths: number[]) => {
  let end = 0;
  return lengths.map((length) => ({ start: end, end: (end += length) }));
};

test('every barrier has to be crossed', () => {
  const cv = Float64Array.of(0, 1, 0, 1);
  assert.equal(isCrossed(cv, basins(1, 3), runs(4)), true);
  assert.equal(isCrossed(cv, basins(1, 0), runs(4)), false);
});

test('trajectories with a stretch of the CV to themselves are apart, through whichever others they touch', () => {
  assert.equal(isCrossed(Float64Array.of(0, 1, 2, 3), basins(), runs(2, 2)), false);
  assert.equal(isCrossed(Float64Array.of(0, 1, 2, 3, 0.5, 2.5), basins(), runs(2, 2, 2)), true);
});

test('a hundredth of the frames is not enough to be apart', () => {
  const cv = Float64Array.from({ length: 1000 }, (_, i) => (i < 995 ? i % 2 : 9));
  assert.equal(isCrossed(cv, basins(), runs(995, 5)), true);
});
