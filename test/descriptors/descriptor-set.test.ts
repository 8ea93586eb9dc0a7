import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  descriptorKey,
  descriptorKeys,
  descriptorLabels,
  descriptorsBySerial,
  descriptorSet,
  distancesBetween,
  formatDescriptor,
  formatDescriptors,
  parseDescriptor,
  periodProblem,
  sameDescriptor,
  sortedDistances,
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

test('the sorted distances of a crystal share its atoms, from the set to labels, keys and lines', () => {
  const crystal = Array.from({ length: 108 }, (_, i) => i + 1);
  const set = descriptorSet(sortedDistances(crystal));
  assert.equal(set.items.length, 5778);
  // told apart by identity: what is worked out of a group is worked out once
  for (const items of [set.items, descriptorsBySerial(set)])
    assert.equal(new Set(items.map(({ atoms }) => atoms)).size, 1);
  assert.equal(descriptorLabels(set)[5777], 'sd_1to108.5778');
  assert.deepEqual(formatDescriptors(set.items), set.items.map(formatDescriptor));
  const keys = descriptorKeys(descriptorsBySerial(set));
  assert.equal(keys[3], descriptorKey({ kind: 'sorted-distance', atoms: crystal.toReversed(), rank: 3 }));
  assert.equal(new Set(keys).size, 5778);
});

test('atoms that cannot be are refused', () => {
  assert.throws(() => distancesBetween([0, 1]), { code: 'bad-argument', message: /serial from 1/ });
  assert.throws(() => distancesBetween([1, 2, 1]), { code: 'bad-argument', message: /each atom once/ });
  assert.throws(() => distancesBetween([1]), { code: 'bad-argument', message: /at least two atoms/ });
  assert.throws(() => descriptorSet([{ kind: 'distance', atoms: [2, 2] }]), {
    message: /two different atoms/,
  });
  const switching = { form: 'rational', r0: 0.3, d0: 0, nn: 6, mm: 6 } as const;
  assert.throws(() => descriptorSet([{ kind: 'contact', atoms: [1, 2], switching }]), {
    code: 'bad-argument',
    message: /whole numbers 1 ≤ nn < mm ≤ 1000 for contact/,
  });
  assert.throws(() => descriptorSet([{ kind: 'sorted-distance', atoms: [1, 2, 3], rank: 3 }]), {
    message: /a rank from 0 to 2/,
  });
});

test('a descriptor reads back from the line of the model file', () => {
  const descriptor: Descriptor = { kind: 'distance', atoms: [0, 4] };
  assert.equal(formatDescriptor(descriptor), 'distance 0 4');
  assert.deepEqual(parseDescriptor('distance 0 4', 5), descriptor);
  for (const line of [
    'distance 0 5',
    'distance 0',
    'dihedral 0 1 2',
    'distance 0 -1',
    'distance 0 1 2',
    '',
  ]) {
    assert.throws(() => parseDescriptor(line, 5), { code: 'bad-model' }, line);
  }
});

test('every kind reads back from its line', () => {
  const lines = [
    'distance-x 0 1',
    'distance-y 0 1',
    'distance-z 0 1',
    'inverse-distance 0 1',
    'angle 0 1 2',
    'torsion 0 1 2 3',
    'torsion-sin 0 1 2 3',
    'torsion-cos 0 1 2 3',
    'contact 0 1 rational 0.3 0 6 12',
    'contact 0 1 gaussian 0.3 1e-7',
    'contact 0 1 fermi 0.3 25',
    'coordination 0 1 2 rational 0.3 0.1 5 7',
    'coordination 0 1 / 1 2 gaussian 0.3 0',
    'sorted-distance 0 1 2 rank 2',
    'sorted-distance 0 / 1 2 rank 1',
    'hydrogen-bonds 0 / 1 / 2 rational 0.25 0 6 12',
    'hydrogen-bonds 0 0 / 1 3 / 0 2 fermi 0.25 50',
    'ring-distance 0 1 2 / 1 2 3',
    'ring-cosine 0 1 2 / 1 2 3',
    'ring-cosine-squared 0 1 2 / 1 2 3',
    'ring-height 0 1 2 / 1 2 3',
    'ring-offset 3 0 1 2 / 1 2 3',
    'gyration 0 1 2',
    'gyration 0 1 2 weights 12.011 1.008 0',
    'rmsd 0 2 reference 1',
    'rmsd 0 2 reference 0 1 3',
    'least-rmsd 0 2 references 100 0 3 1',
    'aligned-x 0 reference 1',
    'aligned-y 0 / 1 3 0',
    'direction-z 0 1 reference 1',
    'direction-x 0 1 / 3 1 2',
  ];
  for (const line of lines) assert.equal(formatDescriptor(parseDescriptor(line, 4)), line);
});

test('lines with numbers that make no descriptor are refused', () => {
  const lines: [string, RegExp][] = [
    ['angle 0 1', /expected 3 atoms but received "angle 0 1"/],
    ['angle 0 1 / 2', /a descriptor like/],
    ['angle 0 1 2 rank 1', /a descriptor like/],
    ['torsion 0 1 2 2', /different atoms/],
    ['contact 0 1', /a descriptor like/],
    ['contact 0 1 cubic 2 1', /0 ≤ d0 < dmax/],
    ['contact 0 1 cubic 2', /0 ≤ d0 < dmax/],
    ['contact 0 1 rational 0.3 0 6', /a descriptor like/],
    ['contact 0 1 rational 0.3 0 12 6', /whole numbers 1 ≤ nn < mm ≤ 1000/],
    ['contact 0 1 gaussian 0 0', /r0 > 0/],
    ['contact 0 1 gaussian 1 -1', /d0 ≥ 0/],
    ['contact 0 1 fermi 1 0', /beta > 0/],
    ['coordination 0 / 0 gaussian 1 0', /at least one pair/],
    ['coordination 0 / 1 / 2 gaussian 1 0', /a descriptor like/],
    ['sorted-distance 0 1 2 rank 3', /a rank from 0 to 2/],
    ['hydrogen-bonds 0 / 1 / 2', /a descriptor like/],
    ['hydrogen-bonds 0 / 1 rational 0.3 0 6 12', /a descriptor like/],
    ['hydrogen-bonds 0 / 1 2 / 3 rational 0.3 0 6 12', /donors, as many hydrogens, and acceptors/],
    ['hydrogen-bonds 1 / 1 / 3 rational 0.3 0 6 12', /hydrogens that are not their donors/],
    ['hydrogen-bonds 0 0 / 1 1 / 3 rational 0.3 0 6 12', /different atoms/],
    ['hydrogen-bonds 0 / 1 / 3 rational 0 0 6 12', /r0 > 0/],
    ['hydrogen-bonds 0 / 1 / 4 rational 0.3 0 6 12', /a descriptor like/],
    ['ring-height 0 1 2', /two rings of at least three atoms/],
    ['ring-height 0 1 2 / 1 2', /two rings of at least three atoms/],
    ['ring-height 0 1 2 / 1 2 2', /different atoms/],
    ['ring-height 0 1 2 / 1 2 3 rank 1', /a descriptor like/],
    ['gyration 0', /a group of at least two atoms/],
    ['gyration 0 1 / 2', /a descriptor like/],
    ['gyration 0 1 weights', /a descriptor like/],
    ['gyration 0 1 weights 1', /a weight of at least 0 for each atom/],
    ['gyration 0 1 weights 0 0', /a weight of at least 0 for each atom/],
    ['gyration 0 1 reference 0', /a descriptor like/],
    ['rmsd 0 1', /a descriptor like/],
    ['rmsd 0 1 reference', /a descriptor like/],
    ['rmsd 0 1 reference 0 1 -1', /a weight of at least 0 for each atom/],
    ['least-rmsd 0 1 reference 1', /a descriptor like/],
    ['least-rmsd 0 1 / 2 references 1 0', /a descriptor like/],
    ['least-rmsd 0 1 references 1', /one reference or more, each once/],
    ['least-rmsd 0 1 references 1 2 2', /one reference or more, each once/],
    ['least-rmsd 0 1 references 0 1 2', /beta > 0/],
    ['aligned-x 0', /a descriptor like/],
    ['aligned-x 0 / 1 2', /three different places for a frame/],
    ['aligned-x 0 / 1 2 2', /three different places for a frame/],
    ['aligned-x 0 / 1 2 4', /a descriptor like/],
    ['aligned-x 0 / 1 2 3 reference 1', /a descriptor like/],
    ['aligned-x 0 1 / 1 2 3', /one atom/],
    ['direction-x 0 / 1 2 3', /2 atoms/],
  ];
  for (const [line, message] of lines)
    assert.throws(() => parseDescriptor(line, 4), { code: 'bad-model', message }, line);
});

test('sorted distances name one rank each, within a group or between two', () => {
  const within = sortedDistances([4, 5, 6]);
  assert.deepEqual(
    within.map(({ rank }) => rank),
    [0, 1, 2],
  );
  assert.equal(sortedDistances([4, 5], [7, 8, 9]).length, 6);
  assert.deepEqual(descriptorLabels(descriptorSet(within)), ['sd_4to6.1', 'sd_4to6.2', 'sd_4to6.3']);
});

test('labels tell apart what differs', () => {
  const gaussian = { form: 'gaussian', r0: 0.3, d0: 0 } as const;
  const fermi = { form: 'fermi', r0: 0.3, beta: 20 } as const;
  const atoms = [1, 3, 5, 7, 9, 11, 13, 15];
  const set = descriptorSet([
    { kind: 'contact', atoms: [5, 7], switching: gaussian },
    { kind: 'contact', atoms: [5, 7], switching: fermi },
    { kind: 'contact', atoms: [5, 7], switching: gaussian },
    { kind: 'coordination', atoms: [1, 2, 3, 7], partners: [5], switching: gaussian },
    { kind: 'coordination', atoms, switching: gaussian },
    { kind: 'coordination', atoms: [...atoms.slice(0, 7), 17], switching: gaussian },
    { kind: 'distance-x', atoms: [5, 7] },
    { kind: 'distance-y', atoms: [5, 7] },
  ]);
  assert.deepEqual(descriptorLabels(set), [
    'c_5_7',
    'c_5_7_v2',
    'c_5_7',
    'cn_1to3_7_by_5',
    'cn_1_3_5_7_9_and3',
    'cn_1_3_5_7_9_and3_v2',
    'dc_5_7.x',
    'dc_5_7.y',
  ]);
});

test('the same number is known whichever way its atoms are named', () => {
  const rational = { form: 'rational', r0: 0.3, d0: 0, nn: 6, mm: 12 } as const;
  const pairs: [Descriptor, Descriptor, boolean][] = [
    [{ kind: 'distance', atoms: [5, 7] }, { kind: 'distance', atoms: [7, 5] }, true],
    [{ kind: 'distance-x', atoms: [5, 7] }, { kind: 'distance-x', atoms: [7, 5] }, false],
    [{ kind: 'torsion', atoms: [5, 7, 9, 15] }, { kind: 'torsion', atoms: [15, 9, 7, 5] }, true],
    [{ kind: 'torsion', atoms: [5, 7, 9, 15] }, { kind: 'torsion', atoms: [5, 9, 7, 15] }, false],
    [{ kind: 'angle', atoms: [5, 7, 9] }, { kind: 'angle', atoms: [7, 5, 9] }, false],
    [
      { kind: 'coordination', atoms: [3, 1], partners: [2, 5], switching: rational },
      { kind: 'coordination', atoms: [5, 2], partners: [1, 3], switching: rational },
      true,
    ],
    [
      { kind: 'contact', atoms: [3, 1], switching: rational },
      { kind: 'contact', atoms: [3, 1], switching: { ...rational, r0: 0.4 } },
      false,
    ],
    [
      { kind: 'least-rmsd', atoms: [3, 1], references: [1, 0], beta: 100 },
      { kind: 'least-rmsd', atoms: [1, 3], references: [0, 1], beta: 100 },
      true,
    ],
    [
      { kind: 'least-rmsd', atoms: [3, 1], references: [1, 0], beta: 100 },
      { kind: 'least-rmsd', atoms: [3, 1], references: [1, 2], beta: 100 },
      false,
    ],
    [
      { kind: 'aligned-x', atoms: [3], frame: [1, 2, 4] },
      { kind: 'aligned-x', atoms: [3], frame: [2, 1, 4] },
      false,
    ],
  ];
  for (const [a, b, same] of pairs) assert.equal(sameDescriptor(a, b), same, JSON.stringify([a, b]));
});

test('only a torsion has a period', () => {
  const torsion: Descriptor = { kind: 'torsion', atoms: [1, 2, 3, 4] };
  assert.equal(periodProblem(torsion, [-Math.PI, Math.PI]), undefined);
  assert.match(periodProblem(torsion, undefined) ?? '', /from -pi to pi but received one without a period/);
  assert.match(periodProblem(torsion, [0, 2 * Math.PI]) ?? '', /from -pi to pi/);
  assert.match(periodProblem({ ...torsion, kind: 'torsion-sin' }, [-1, 1]) ?? '', /without a period/);
});
