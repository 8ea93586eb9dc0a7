import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  alignedPositions,
  descriptorLabels,
  descriptorsBySerial,
  descriptorSet,
  formatDescriptor,
  formatReferences,
  parseDescriptor,
  parseReferences,
  referenceProblem,
  referencesBySerial,
  sameReference,
  type AlignmentReference,
} from '../../src/descriptors/index.js';

const triangle: AlignmentReference = {
  atoms: [7, 5, 9],
  weights: [12, 16, 0.1],
  positions: [
    [0, 0, 0],
    [0.15, 0, 0],
    [1 / 3, 0.1, -0.2],
  ],
};
const rowsOf = (lines: string[]): number[][] => lines.map((line) => line.split(' ').map(Number));

test('aligned positions name their reference by number, and its atoms join the list', () => {
  const set = descriptorSet([{ kind: 'distance', atoms: [1, 5] }, ...alignedPositions([9])], {
    references: [triangle],
  });
  assert.deepEqual(set.atoms, [1, 5, 9, 7]);
  assert.deepEqual(set.items.map(formatDescriptor), [
    'distance 0 1',
    'aligned-x 2 reference 0',
    'aligned-y 2 reference 0',
    'aligned-z 2 reference 0',
  ]);
  assert.deepEqual(descriptorLabels(set), ['d_1_5', 'al_9.x', 'al_9.y', 'al_9.z']);
  assert.deepEqual(referencesBySerial(set), [triangle]);
  assert.deepEqual(
    descriptorSet(descriptorsBySerial(set), { references: referencesBySerial(set) }),
    set,
    'and back',
  );
  const [line] = set.items.map(formatDescriptor).slice(1);
  assert.deepEqual(parseDescriptor(line, 4), set.items[1]);
});

test('the same atom aligned to two references has two labels', () => {
  const set = descriptorSet([...alignedPositions([5]), ...alignedPositions([5], 1)], {
    references: [triangle, { ...triangle, weights: [1, 1, 1] }],
  });
  assert.deepEqual(descriptorLabels(set).slice(2, 4), ['al_5.z', 'al_5_v2.x']);
});

test('references read back from their lines bit for bit', () => {
  const references = [
    { ...triangle, atoms: [0, 2, 1] },
    { ...triangle, atoms: [3, 1, 0] },
  ];
  const lines = formatReferences(references);
  assert.equal(lines[2], `0 1 0.1 ${1 / 3} 0.1 -0.2`);
  assert.deepEqual(parseReferences(rowsOf(lines), 4), references);
});

test('what nothing can be aligned to is refused', () => {
  const cases: [Partial<AlignmentReference>, RegExp][] = [
    [{ weights: [1, 1] }, /as many weights and positions as atoms/],
    [{ atoms: [1, 2, 2] }, /different atoms/],
    [{ weights: [1, 1, -1] }, /weights of at least 0/],
    [{ weights: [1, 1, NaN] }, /weights of at least 0/],
    [{ weights: [1, 1, 0] }, /at least three atoms with a weight that are not in one line/],
    [{ weights: [0, 0, 0] }, /not in one line/],
    [{ positions: [...triangle.positions.slice(0, 2), [0, 0, Infinity]] }, /positions of three numbers/],
    [{ positions: [1, 2, 4].map((t) => [0.1 * t, 0.7 * t, 0.3 * t]) }, /not in one line/],
  ];
  for (const [change, message] of cases) {
    const reference = { ...triangle, ...change };
    assert.match(referenceProblem(reference) ?? '', message);
    const references = [reference];
    assert.throws(() => descriptorSet(alignedPositions([1]), { references }), {
      code: 'bad-argument',
      message,
    });
  }
  const references = [triangle];
  // the place of another atom is that in the frame; a deviation needs a place in the structure
  assert.deepEqual(descriptorSet(alignedPositions([6]), { references }).atoms.includes(6), true);
  assert.throws(() => descriptorSet([{ kind: 'rmsd', atoms: [6], reference: 0 }], { references }), {
    message: /atoms of reference 0/,
  });
  assert.throws(() => descriptorSet(alignedPositions([5], 1), { references }), { message: /from 0 to 1/ });
  assert.throws(() => descriptorSet(alignedPositions([5])), { message: /from 0 to 0/ });
});

test('lines that are no references are refused', () => {
  const lines = formatReferences([{ ...triangle, atoms: [0, 1, 2] }]);
  for (const wrong of [
    '0 3 1 0 0',
    '0 4 1 0 0 0',
    '2 3 1 0 0 0',
    '-1 3 1 0 0 0',
    '0.5 3 1 0 0 0',
    '0 1 1 0 0 0',
  ])
    assert.throws(() => parseReferences(rowsOf([...lines, wrong]), 4), { code: 'bad-model' }, wrong);
});

test('references are the same in any order and any unit of weight', () => {
  const turned: AlignmentReference = {
    atoms: triangle.atoms.toReversed(),
    weights: triangle.weights.toReversed().map((w) => 3 * w),
    positions: triangle.positions.toReversed(),
  };
  assert.ok(sameReference(triangle, turned));
  assert.ok(!sameReference(triangle, { ...turned, weights: triangle.weights }));
  assert.ok(!sameReference(triangle, { ...triangle, atoms: [7, 5, 8] }));
  assert.ok(!sameReference(triangle, { ...triangle, positions: turned.positions }));
});
