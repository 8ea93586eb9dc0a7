import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPairs, widthOf } from '../../src/kinetics/basis.js';
import { laggedMoments, noMoments } from '../../src/kinetics/lagged-moments.js';

test('sets and columns together give the moments of the table that has them written out', () => {
  const groups = [
    { label: Int32Array.of(0, 1, 1, 0), count: 2 },
    { label: Int32Array.of(2, 0, 1, 2), count: 3 },
  ];
  const table = { values: Float64Array.of(0.5, -1, 2, 3), width: 1 };
  const basis = { groups, table };
  assert.equal(widthOf(basis), 6);
  const rows = [0, 1, 2, 3].flatMap((frame) => [
    ...groups.flatMap(({ label, count }) =>
      Array.from({ length: count }, (_, set) => Number(label[frame] === set)),
    ),
    table.values[frame],
  ]);
  const weights = [1, 2, 0.5, 7];
  const expected = laggedMoments(
    { values: Float64Array.from(rows), width: 6 },
    { start: 0, end: 4 },
    1,
    weights,
  );
  const moments = noMoments(6);
  addPairs(moments, basis, { now: [0, 1, 2], later: [1, 2, 3], weight: weights });
  assert.deepEqual(moments, expected);
});

test('only the pairs that are asked for are added', () => {
  const moments = noMoments(2);
  const basis = { groups: [{ label: Int32Array.of(0, 1, 0), count: 2 }] };
  addPairs(moments, basis, { now: [0, 1], later: [1, 2] }, 1, 2);
  assert.deepEqual([moments.pairs, [...moments.sum]], [1, [1, 1]]);
});
