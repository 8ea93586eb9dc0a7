import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  descriptorKey,
  descriptorLabels,
  descriptorSet,
  formatDescriptor,
  formatDescriptors,
  parseDescriptor,
  parseDescriptors,
  planeFamily,
  quantityOf,
  sameDescriptor,
  type AtomStatistic,
  type Descriptor,
  type Plane,
} from '../../src/descriptors/index.js';

const atoms = Array.from({ length: 108 }, (_, i) => i + 1);
const switching = { form: 'cubic', d0: 0.4, dmax: 0.5 } as const;
const q6 = { kind: 'steinhardt', atoms, switching, degree: 6 } as const;
const of = (statistic: AtomStatistic): Descriptor => ({
  ...q6,
  statistic,
});

const crystal: Descriptor[] = [
  { kind: 'volume', atoms: [] },
  { kind: 'volume', atoms },
  { kind: 'cell-a', atoms: [] },
  { kind: 'cell-gamma', atoms: [] },
  { kind: 'bragg', atoms, planes: [[3, 3, 3]] },
  { kind: 'bragg', atoms, planes: [[-3, 0, 12]] },
  { kind: 'bragg', atoms, planes: planeFamily([3, 3, 3]) },
  of({ of: 'mean' }),
  of({ of: 'moment', order: 3 }),
  of({ of: 'bin', lower: -0.1, upper: 0.35, sigma: 0.025 }),
  { ...q6, kind: 'averaged-steinhardt', statistic: { of: 'mean' } },
  {
    ...q6,
    degree: 4,
    switching: { form: 'rational', r0: 0.4, d0: 0, nn: 6, mm: 12, dmax: 0.5 },
    statistic: { of: 'mean' },
  },
];

test('descriptors of a crystal have labels, and lines that are read back and share their group', () => {
  const set = descriptorSet(crystal);
  assert.equal(set.atoms.length, 108);
  assert.deepEqual(descriptorLabels(set), [
    'volume',
    'volume_1to108',
    'cell.a',
    'cell.gamma',
    'bragg_333_1to108',
    'bragg_m3_0_12_1to108',
    'bragg_333x4_1to108',
    'q6_1to108.mean',
    'q6_1to108.moment-3',
    'q6_m100to350_of_1to108',
    'q6a_1to108.mean',
    'q4_1to108.mean',
  ]);
  const lines = formatDescriptors(set.items);
  assert.deepEqual(lines, [
    'volume',
    'volume 0-107',
    'cell-a',
    'cell-gamma',
    'bragg 0-107 hkl 3 3 3',
    'bragg 0-107 hkl -3 0 12',
    'bragg 0-107 hkl 3 3 3 3 3 -3 3 -3 3 3 -3 -3',
    'steinhardt 0-107 cubic 0.4 0.5 l 6 mean',
    'steinhardt 0-107 cubic 0.4 0.5 l 6 moment 3',
    'steinhardt 0-107 cubic 0.4 0.5 l 6 bin -0.1 0.35 0.025',
    'averaged-steinhardt 0-107 cubic 0.4 0.5 l 6 mean',
    'steinhardt 0-107 rational 0.4 0 6 12 0.5 l 4 mean',
  ]);
  assert.deepEqual(set.items.map(formatDescriptor), lines);
  const read = parseDescriptors(lines, 108);
  assert.deepEqual(read, set.items);
  assert.equal(new Set(read.filter((each) => each.atoms.length > 0).map((each) => each.atoms)).size, 1);
});

test('labels of what differs in its cutoff, or in planes that are abridged alike, are told apart', () => {
  const planes: Plane[] = [
    [3, 3, 3],
    [3, 3, -3],
  ];
  const other = { ...q6, switching: { ...switching, dmax: 0.6 } };
  const set = descriptorSet([
    of({ of: 'mean' }),
    { ...other, statistic: { of: 'mean' } },
    { ...other, statistic: { of: 'moment', order: 2 } },
    { kind: 'bragg', atoms, planes },
    { kind: 'bragg', atoms, planes: [planes[0], [3, -3, 3]] },
  ]);
  assert.deepEqual(descriptorLabels(set), [
    'q6_1to108.mean',
    'q6_1to108_v2.mean',
    'q6_1to108_v2.moment-2',
    'bragg_333x2_1to108',
    'bragg_333x2_1to108_v2',
  ]);
});

test('what is no descriptor of a crystal is refused', () => {
  for (const line of [
    'volume 0 / 1',
    'volume 0 l 1',
    'cell-a 0',
    'cell-d',
    'bragg 0-3',
    'bragg 0-3 hkl',
    'bragg 0-3 hkl 1 1',
    'bragg 0-3 hkl 0 0 0',
    'bragg 0-3 hkl 1 1 65',
    'bragg 0-3 hkl 1 1 1 mean',
    'bragg hkl 1 1 1',
    'steinhardt 0-3 cubic 0.4 0.5',
    'steinhardt 0-3 cubic 0.4 l 6 mean',
    'steinhardt 0-3 cubic 0.5 0.4 l 6 mean',
    'steinhardt 0-3 gaussian 0.4 0 l 6 mean',
    'steinhardt 0-3 cubic 0.4 0.5 l 13 mean',
    'steinhardt 0-3 cubic 0.4 0.5 l 6 moment 1',
    'steinhardt 0-3 cubic 0.4 0.5 l 6 bin 1 0 1',
    'steinhardt 0-3 cubic 0.4 0.5 l 6 mean mean',
    'steinhardt 0 cubic 0.4 0.5 l 6 mean',
    'steinhardt 0-4 cubic 0.4 0.5 l 6 mean',
    'contact 0 1 cubic 0.4 0.5 l 6 mean',
  ])
    assert.throws(() => parseDescriptor(line, 4), { code: 'bad-model' }, line);
});

test('planes of one kind in a cubic crystal, either side once', () => {
  assert.deepEqual(planeFamily([1, 0, 0]), [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  const counts = [
    [1, 1, 0],
    [1, 1, 1],
    [2, 1, 0],
    [3, 1, 1],
    [3, 2, 1],
  ].map((plane) => planeFamily(plane as Plane).length);
  // half of the multiplicities of a powder's lines
  assert.deepEqual(counts, [6, 4, 12, 12, 24]);
});

test('the same peak by another order of atoms, of planes and of their sides', () => {
  const a: Descriptor = {
    kind: 'bragg',
    atoms: [1, 2, 3],
    planes: [
      [0, -2, 1],
      [1, 1, 1],
    ],
  };
  const b: Descriptor = {
    kind: 'bragg',
    atoms: [3, 1, 2],
    planes: [
      [-1, -1, -1],
      [0, 2, -1],
    ],
  };
  assert.ok(sameDescriptor(a, b));
  assert.equal(descriptorKey(a), 'bragg 1-3 hkl 1 1 1 0 2 -1');
  assert.ok(!sameDescriptor(a, { ...b, planes: [[1, 1, 1]] }));
});

test('means, moments and parts of the atoms are quantities of their own', () => {
  assert.deepEqual(crystal.map(quantityOf), [
    'volume',
    'volume',
    'length',
    'angle',
    'peak',
    'peak',
    'peak',
    'order',
    'order, moment 3',
    'part of the atoms',
    'order',
    'order',
  ]);
});
