import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMoments, centred, covariancesOf, laggedMoments } from '../../src/kinetics/lagged-moments.js';

const table = { values: Float64Array.of(1, 2, 4, -1, 0, 3, 2, 2), width: 2 };

test('covariances are those of both ends of the pairs, counted both ways', () => {
  const { mean, instantaneous, lagged } = covariancesOf(laggedMoments(table, { start: 0, end: 4 }, 1));
  const rows = [0, 1, 2, 3].map((i) => [table.values[2 * i], table.values[2 * i + 1]]);
  const ends = [0, 1, 2].flatMap((i) => [rows[i], rows[i + 1]]);
  const own = [0, 1].map((j) => ends.reduce((sum, row) => sum + row[j] / 6, 0));
  own.forEach((value, j) => assert.ok(Math.abs(mean[j] - value) < 1e-14));
  for (const i of [0, 1])
    for (const j of [0, 1]) {
      const at = ends.reduce((sum, row) => sum + ((row[i] - own[i]) * (row[j] - own[j])) / 6, 0);
      const later = [0, 1, 2].reduce(
        (sum, k) =>
          sum +
          ((rows[k][i] - own[i]) * (rows[k + 1][j] - own[j]) +
            (rows[k + 1][i] - own[i]) * (rows[k][j] - own[j])) /
            6,
        0,
      );
      assert.ok(Math.abs(instantaneous.get(i, j) - at) < 1e-14);
      assert.ok(Math.abs(lagged.get(i, j) - later) < 1e-14);
    }
});

test('a pair of weight 2 counts as two, and stretches add up', () => {
  const weighted = laggedMoments(table, { start: 0, end: 3 }, 1, [2, 1, 9, 9]);
  const parts = [
    laggedMoments(table, { start: 0, end: 2 }, 1),
    laggedMoments(table, { start: 0, end: 3 }, 1),
  ];
  assert.deepEqual(addMoments(parts), weighted);
  assert.equal(weighted.pairs, 3);
});

test('a centred table has means of 0', () => {
  assert.deepEqual([...centred(table).values], [-0.75, 0.5, 2.25, -2.5, -1.75, 1.5, 0.25, 0.5]);
});
