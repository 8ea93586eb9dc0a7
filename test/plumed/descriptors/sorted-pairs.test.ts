import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Descriptor } from '../../../src/descriptors/index.js';
import { sortedOf } from '../../../src/plumed/descriptors/sorted-pairs.js';

const distances = (...pairs: [number, number][]): Descriptor[] =>
  pairs.map((atoms) => ({ kind: 'distance', atoms }));

test('all pairs of a group, in any order, are its sorted distances', () => {
  assert.deepEqual(sortedOf(distances([3, 1], [1, 2], [2, 3]), 2), {
    kind: 'sorted-distance',
    atoms: [3, 1, 2],
    rank: 2,
  });
});

test('all pairs between two groups are theirs', () => {
  assert.deepEqual(sortedOf(distances([1, 3], [1, 4], [2, 3], [2, 4]), 0), {
    kind: 'sorted-distance',
    atoms: [1, 2],
    partners: [3, 4],
    rank: 0,
  });
});

test('a pair that is missing or twice, a rank that is not there, and other kinds are none', () => {
  assert.equal(sortedOf(distances([1, 3], [1, 4], [2, 3]), 0), undefined);
  assert.equal(sortedOf(distances([1, 2], [2, 1], [1, 3]), 0), undefined);
  assert.equal(sortedOf(distances([1, 2], [1, 3], [2, 3]), 3), undefined);
  assert.equal(sortedOf([{ kind: 'inverse-distance', atoms: [1, 2] }], 0), undefined);
});
