import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestRows } from '../../src/diagnostics/nearest-rows.js';
import { Random } from '../../src/support/random.js';

test('the nearest of random rows are those that sorting all of them gives', () => {
  const random = new Random(9);
  const [rows, width] = [60, 3];
  const values = Float64Array.from({ length: rows * width }, () => random.normal());
  const known = Array.from({ length: 50 }, (_, i) => i);
  const queries = Array.from({ length: 10 }, (_, i) => 50 + i);
  const distance = (a: number, b: number): number =>
    [0, 1, 2].reduce((sum, i) => sum + (values[a * width + i] - values[b * width + i]) ** 2, 0);
  nearestRows({ values, width }, queries, known, 7).forEach((found, i) => {
    const sorted = known.toSorted((a, b) => distance(queries[i], a) - distance(queries[i], b));
    assert.deepEqual(new Set(found), new Set(sorted.slice(0, 7)));
  });
});

test('there are no more than are known', () => {
  assert.deepEqual(nearestRows({ values: Float64Array.of(0, 1, 2), width: 1 }, [0], [1, 2], 5), [[1, 2]]);
});
