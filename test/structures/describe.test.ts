import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseDefinition } from '../../src/trajectories/index.js';
import {
  describeStructure,
  findStructures,
  readStructures,
  supercell,
  type AtomicStructure,
} from '../../src/structures/index.js';
import { cubic, folder, references, type Reference } from './fixtures.js';

const definition = parseDefinition([
  'coordination all d0=0.25 dmax=0.45 form=cubic mean by elements',
  'rdf all rmax=0.6 sigma=0.02 bins=12 by elements',
  'volume all',
]);

/** What ASE has of a number, by its label. */
function expected(label: string, { coordination, rdf, volume }: Reference): number {
  const [, prefix, first, second = first, bin] =
    /^(cna|rdf|volume)_([A-Z][a-z]?|all)(?:_by_([A-Z][a-z]?))?(?:\.(\d+|mean))?$/.exec(label)!;
  if (prefix === 'volume') return volume;
  const pair = `${first} ${second}`;
  return prefix === 'cna' ? coordination[pair] : rdf[pair][Number(bin) - 1];
}

const all = await readStructures(
  findStructures(
    ['compounds', 'held-out']
      .map((name) => join(folder, name))
      .concat(join(folder, 'elements', 'Mg.vasp'), join(folder, 'elements', 'As.cif')),
  ),
);

for (const structure of all)
  test(`${structure.place.split('/').at(-1)}: coordination and g(r) are those of ASE’s neighbours`, async () => {
    const values = await describeStructure(structure, definition);
    const reference = references[structure.name.replace('-primitive', '')];
    assert.ok(values.flat().length >= 14);
    for (const { base, component, value } of values.flat())
      // the core ends Gaussians at six sigma, where ASE's do not
      assert.ok(Math.abs(value - expected(base + component, reference)) < 1e-6, base + component);
  });

const intensive = parseDefinition([
  'rdf all rmax=0.5 sigma=0.02 by elements',
  'coordination all d0=0.2 dmax=0.5 form=cubic moments=2,3 histogram 4..8',
  'pair-entropy all rmax=0.5 sigma=0.02',
  'steinhardt all l=4,6 averaged cutoff=0.5 moments=2',
  'debye all q=20,30 window=0.6',
  'similarity all bcc=0.391 sigma=0.05',
  'soap all average cutoff=0.5 n=2 l=2 sigma=0.05 by elements',
  'acsf all cutoff=0.5 elements=Ba,O,Sr,Ti',
  'volume all',
]);

const perovskite = cubic(0.391, [
  ['Sr', 0, 0, 0],
  ['Ti', 0.5, 0.52, 0.5],
  ['O', 0.5, 0.5, 0.01],
  ['O', 0.5, 0, 0.5],
  ['O', 0.03, 0.5, 0.5],
]);

test('larger cells of the same crystal have the same numbers to 1e-10', async () => {
  const values = await describeStructure(perovskite, intensive);
  for (const size of [
    [2, 1, 1],
    [3, 2, 2],
    [5, 4, 4],
  ] as const) {
    const larger = await describeStructure(supercell(perovskite, size), intensive);
    larger.flat().forEach(({ base, component, value }, i) => {
      const one = values.flat()[i];
      assert.equal(base + component, one.base + one.component);
      assert.ok(Math.abs(value - one.value) < 1e-10, `${base}${component}: ${value}, ${one.value}`);
    });
  }
});

test('the order of atoms does not matter, and pairs of elements come in that of the alphabet', async () => {
  const order = [4, 1, 0, 3, 2];
  const turned: AtomicStructure = {
    ...perovskite,
    elements: order.map((i) => perovskite.elements[i]),
    positions: Float64Array.from(order.flatMap((i) => [...perovskite.positions.subarray(3 * i, 3 * i + 3)])),
  };
  const [one, other] = [
    await describeStructure(perovskite, definition),
    await describeStructure(turned, definition),
  ];
  assert.deepEqual(
    other.flat().map(({ base, component }) => base + component),
    one.flat().map(({ base, component }) => base + component),
  );
  other.flat().forEach(({ value }, i) => assert.ok(Math.abs(value - one.flat()[i].value) < 1e-10));
  assert.deepEqual(
    [...new Set(one[1].map(({ base }) => base))],
    ['rdf_O', 'rdf_O_by_Sr', 'rdf_O_by_Ti', 'rdf_Sr', 'rdf_Sr_by_Ti', 'rdf_Ti'],
  );
});

test('groups are symbols of elements, selections and names; where a structure has none of them nothing is said', async () => {
  const described = await describeStructure(
    perovskite,
    parseDefinition([
      'metal = not element O',
      'rdf Ti O rmax=0.3 sigma=0.02 bins=2',
      'rdf (element Ba) rmax=0.3 sigma=0.02 bins=2',
      'volume metal',
    ]),
  );
  assert.deepEqual(
    described.map((of) => of.map(({ base, component }) => base + component)),
    [['rdf_Ti_O.1', 'rdf_Ti_O.2'], [], ['volume_metal']],
  );
  assert.ok(Math.abs(described[2][0].value - 0.391 ** 3 / 2) < 1e-12);
});

test('a cell of one atom has pairs: with its images', async () => {
  const values = await describeStructure(
    cubic(0.25, [['Po', 0, 0, 0]]),
    parseDefinition(['coordination all d0=0.251 dmax=0.3 form=cubic mean']),
  );
  assert.ok(Math.abs(values[0][0].value - 6) < 1e-12);
});

const molecule: AtomicStructure = {
  ...cubic(1, [
    ['H', 0, 0, 0],
    ['H', 0.1, 0, 0],
    ['O', 0, 0.1, 0],
  ]),
  place: 'water.xyz',
};
delete molecule.cell;

test('molecules have descriptors that need no cell, and sums', async () => {
  const values = await describeStructure(
    molecule,
    parseDefinition(['coordination H O r0=0.1', 'coordination H O r0=0.1 dmax=0.3 mean', 'gyration all']),
  );
  assert.deepEqual(
    values.map((of) => of.length),
    [1, 1, 1],
  );
  assert.equal(values[0][0].base, 'cn_H_O');
});

const refusals: [string, AtomicStructure, string, RegExp][] = [
  [
    'what needs a cell',
    molecule,
    'rdf all rmax=0.3 sigma=0.02',
    /^water.xyz: expected a cell, which "rdf all .*" is of/,
  ],
  [
    'a number for each atom',
    molecule,
    'distances all',
    /whose number is the same in every structure, but "distances all"/,
  ],
  [
    'sums of a crystal',
    perovskite,
    'coordination all r0=0.3',
    /do not depend on which cell of it a file has/,
  ],
  ['sorted pairs of a crystal', perovskite, 'piv all r0=0.3 first=4', /do not depend on which cell/],
  ['cutoffs that are far too long', perovskite, 'rdf all rmax=60 sigma=2', /too many images are within/],
];
for (const [what, structure, statement, message] of refusals)
  test(`refused: ${what}`, async () => {
    await assert.rejects(describeStructure(structure, parseDefinition([statement])), {
      message,
    });
  });
