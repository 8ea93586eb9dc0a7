import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descriptorSet } from '../../../src/descriptors/index.js';
import { massMetric } from '../../../src/trajectories/index.js';

const masses = [12, 14, 1, 16, 12];

test('gradients are multiplied of descriptors that have an atom in common, and of each with itself', () => {
  const set = descriptorSet([
    { kind: 'distance', atoms: [1, 2] },
    { kind: 'distance', atoms: [4, 5] },
    { kind: 'torsion', atoms: [2, 3, 1, 5] },
  ]);
  assert.deepEqual(massMetric(set, masses), {
    pairs: [
      [0, 0],
      [0, 2],
      [1, 1],
      [1, 2],
      [2, 2],
    ],
    // in the order of the set's atoms
    masses: set.atoms.map((serial) => masses[serial - 1]),
  });
  const some = massMetric(set, masses, (place) => place !== 2);
  assert.deepEqual(typeof some === 'string' ? some : some.pairs, [
    [0, 0],
    [1, 1],
  ]);
});

test('atoms of a point count, whichever descriptor names it', () => {
  const set = descriptorSet(
    [
      { kind: 'distance', atoms: [1, -1] },
      { kind: 'distance', atoms: [3, 4] },
    ],
    { points: [{ kind: 'centre', atoms: [2, 3] }] },
  );
  const metric = massMetric(set, masses);
  assert.ok(typeof metric !== 'string' && metric.pairs.length === 3);
});

test('an atom without a mass is named', () => {
  const set = descriptorSet([{ kind: 'distance', atoms: [1, 2] }]);
  assert.equal(massMetric(set, [12, 0]), 'the mass of atom 2 is not known');
  assert.equal(
    massMetric({ ...set, names: ['ALA 1 C', 'ALA 1 MW'] }, [12, 0]),
    'the mass of atom 2 (ALA 1 MW) is not known',
  );
});
