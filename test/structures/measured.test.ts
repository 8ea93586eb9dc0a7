import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measuredStructures, type AtomicStructure, type LabelTable } from '../../src/structures/index.js';
import { cubic } from './fixtures.js';

const structure = (name: string, facts: Record<string, string> = {}): AtomicStructure => ({
  ...cubic(0.3, [['Fe', 0, 0, 0]]),
  name,
  otherNames: [`${name}.cif`],
  place: `${name}.cif`,
  facts: new Map(Object.entries(facts)),
});
const table = (...rows: string[]): LabelTable => {
  const [labels, ...cells] = rows.map((row) => row.split(','));
  return { path: 'labels.csv', labels, rows: cells };
};
const structures = [structure('a'), structure('b'), structure('c')];

test('labels are found by names, with or without endings, in the column that has most of them', () => {
  const {
    properties,
    notes,
    structures: kept,
    group,
  } = measuredStructures(
    structures,
    table('kind,file,gap', 'a,c.cif,1.5', 'x,a,NA', 'y,b.cif,2', 'z,d.cif,3'),
    { properties: ['ga*'], group: 'kind' },
  );
  assert.deepEqual(
    kept.map(({ name }) => name),
    ['b', 'c'],
  );
  assert.deepEqual(
    properties.map(({ name, values }) => [name, [...values]]),
    [['gap', [2, 1.5]]],
  );
  assert.deepEqual(group, ['y', 'a']);
  assert.equal(
    notes[0],
    '3 of 3 structures found in labels.csv by its column file; 1 row of it without a structure (d.cif)',
  );
  assert.equal(notes[1], 'not learned from, as it has no gap: 1 structure (a)');
});

test('without a table they are what files say; what is there is taken for comparison, and nothing left out', () => {
  const told = [structure('a', { energy: '-3' }), structure('b')];
  const { properties } = measuredStructures([told[0]], undefined, {
    properties: ['energy'],
    group: 'formula',
  });
  assert.deepEqual([...properties[0].values], [-3]);
  const compared = measuredStructures(told, undefined, { properties: [], measured: ['energy', 'gap'] });
  assert.deepEqual(
    compared.properties.map(({ name, values }) => [name, [...values]]),
    [['energy', [-3, NaN]]],
  );
  assert.equal(compared.structures.length, 2);
});

const refusals: [string, LabelTable | undefined, Parameters<typeof measuredStructures>[2], RegExp][] = [
  [
    'no name that fits',
    table('file,gap', 'x,1', 'y,2'),
    { properties: ['gap'] },
    /names of structures in labels.csv \(file: x, y\) but none is one of a, b, c/,
  ],
  [
    'no such property',
    table('file,gap', 'a,1'),
    { properties: ['ehull'] },
    /expected ehull in labels.csv, which has file, gap/,
  ],
  [
    'no such column of names',
    table('file,gap', 'a,1'),
    { properties: ['gap'], id: 'name' },
    /expected a column name in labels.csv/,
  ],
  [
    'words for numbers',
    table('file,gap', 'a,wide'),
    { properties: ['gap'] },
    /a.cif: expected a number for gap but received "wide"/,
  ],
  [
    'nothing measured',
    table('file,gap', 'a,', 'b,NA'),
    { properties: ['gap'] },
    /expected values of gap but none of the 3 structures has one/,
  ],
  [
    'a name twice',
    table('file,gap', 'a,1', 'a,2'),
    { properties: ['gap'] },
    /expected a once in labels.csv but it is in row 1 and row 2/,
  ],
  [
    'neither table nor words',
    undefined,
    { properties: ['gap'] },
    /what the structures’ files say of them, but they say nothing/,
  ],
];
for (const [what, labels, wanted, message] of refusals)
  test(`refused: ${what}`, () => {
    assert.throws(() => measuredStructures(structures, labels, wanted), { message });
  });

test('two structures of one name are refused where a table names them', () => {
  assert.throws(
    () =>
      measuredStructures(
        [structure('a'), { ...structure('a'), place: 'other/a.cif' }],
        table('file,gap', 'a,1'),
        { properties: ['gap'] },
      ),
    {
      code: 'bad-data',
      message: /one structure that is called a, as row 1 of labels.csv, but found a.cif and other\/a.cif/,
    },
  );
});
