import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  descriptorLabels,
  descriptorsBySerial,
  descriptorSet,
  distancesBetween,
  formatDescriptor,
  parseDescriptor,
  type Descriptor,
} from '../../src/descriptors/index.js';

test('distances between atoms come pair by pair, atoms counted from 0 in the list', () => {
  const set = distancesBetween([5, 7, 2], { pbc: false });
  assert.deepEqual(set.atoms, [5, 7, 2]);
  assert.deepEqual(
    set.items.map((item) => item.atoms),
    [
      [0, 1],
      [0, 2],
      [1, 2],
    ],
  );
  assert.equal(set.pbc, false);
  assert.equal(set.lengthUnit, 'nm');
  assert.deepEqual(descriptorLabels(set), ['d_5_7', 'd_5_2', 'd_7_2']);
});

test('ten heavy atoms give 45 distances', () => {
  assert.equal(distancesBetween([1, 5, 6, 7, 9, 11, 15, 16, 17, 19]).items.length, 45);
});

test('a set keeps the order of its descriptors and lists atoms by first use', () => {
  const descriptors: Descriptor[] = [
    { kind: 'distance', atoms: [9, 3] },
    { kind: 'distance', atoms: [3, 4] },
  ];
  const set = descriptorSet(descriptors);
  assert.deepEqual(set.atoms, [9, 3, 4]);
  assert.equal(set.pbc, true);
  assert.deepEqual(descriptorsBySerial(set), descriptors);
});

test('atoms that cannot be are refused', () => {
  assert.throws(() => distancesBetween([0, 1]), { code: 'bad-argument', message: /serial from 1/ });
  assert.throws(() => distancesBetween([1, 2, 1]), { code: 'bad-argument', message: /each atom once/ });
  assert.throws(() => distancesBetween([1]), { code: 'bad-argument', message: /at least two atoms/ });
  assert.throws(() => descriptorSet([{ kind: 'distance', atoms: [2, 2] }]), {
    message: /two different atoms/,
  });
});

test('a descriptor reads back from the line of the model file', () => {
  const descriptor: Descriptor = { kind: 'distance', atoms: [0, 4] };
  assert.equal(formatDescriptor(descriptor), 'distance 0 4');
  assert.deepEqual(parseDescriptor('distance 0 4', 5), descriptor);
  for (const line of ['distance 0 5', 'distance 0', 'angle 0 1 2', 'distance 0 -1', 'distance 0 1 2', '']) {
    assert.throws(() => parseDescriptor(line, 5), { code: 'bad-model' }, line);
  }
});
