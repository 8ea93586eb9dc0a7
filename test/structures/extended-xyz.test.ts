import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseExtendedXyz } from '../../src/structures/extended-xyz.js';

const salt = [
  '2',
  'Lattice="0 2.8 2.8 2.8 0 2.8 2.8 2.8 0" Properties=index:I:1:species:S:1:pos:R:3:forces:R:3 energy=-6.5 name="rock salt" pbc="T T T" flags={a b} m=[[1, 2], [3, 4]]',
  '0 Na 0 0 0 0.1 0.2 0.3',
  '1 Cl 2.8 0 0 0.1 0.2 0.3',
];

test('structures of several sizes are read from one file, in nm, with what their comments say', () => {
  const [first, second] = parseExtendedXyz(
    [...salt, '1', 'helium atom', 'He 1.0 2.0 3.0', ''].join('\n'),
    'a.xyz',
  );
  assert.deepEqual(first.elements, ['Na', 'Cl']);
  assert.deepEqual(
    [...first.positions].map((x) => +x.toFixed(12)),
    [0, 0, 0, 0.28, 0, 0],
  );
  assert.ok(first.cell && Math.abs(first.cell[1] - 0.28) < 1e-15 && first.cell[0] === 0);
  assert.deepEqual(Object.fromEntries(first.facts), {
    energy: '-6.5',
    name: 'rock salt',
    flags: 'a b',
    m: '[[1, 2], [3, 4]]',
  });
  assert.deepEqual(second.elements, ['He']);
  assert.equal(second.cell, undefined);
});

test('a cell is none where pbc says so, numbers are elements, and units may be others', () => {
  const open = salt.join('\n').replace('T T T', 'F F F');
  assert.equal(parseExtendedXyz(open, 'a.xyz')[0].cell, undefined);
  const [numbered] = parseExtendedXyz('1\n\n22 0.5 0 0', 'a.xyz', 1);
  assert.deepEqual([numbered.elements, numbered.positions[0]], [['Ti'], 0.5]);
});

test('what is wrong is told with its line', () => {
  const cases: [string, RegExp][] = [
    ['two\n\n', /^a.xyz:1: expected a number of atoms but received two/],
    ['2\n\nH 0 0 0', /^a.xyz:3: expected 2 atoms, as line 1 says, but received the end/],
    ['1\n\nXx 0 0 0', /^a.xyz:3: expected the symbol of an element from H to Pu but received "Xx"/],
    ['1\n\nH 0 zero 0', /^a.xyz:3: expected an atom and its position/],
    ['1\nLattice="1 2 3"\nH 0 0 0', /^a.xyz:2: expected nine numbers in Lattice/],
    ['1\nProperties=pos:R:2\nH 0 0 0', /^a.xyz:2: expected species and pos:R:3/],
    [
      '1\nLattice="9 0 0 0 9 0 0 0 9" pbc="T T F"\nH 0 0 0',
      /periodic along all of its vectors, or along none/,
    ],
    ['\n\n', /expected structures but it is empty/],
  ];
  for (const [text, message] of cases)
    assert.throws(() => parseExtendedXyz(text, 'a.xyz'), { code: 'bad-data', message });
});
