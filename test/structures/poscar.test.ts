import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isPoscarName } from '../../src/structures/index.js';
import { parsePoscar } from '../../src/structures/poscar.js';
import { volumeOf } from '../../src/structures/supercell.js';
import { folder, references } from './fixtures.js';

const lines = ['Ba Ti', '2.0', '2 0 0', '0 2 0', '0 0 2', 'Ba Ti', '1 1', 'Direct', '0 0 0', '.5 .5 .5'];
const changed = (changes: Record<number, string>): string =>
  lines
    .map((line, i) => changes[i] ?? line)
    .filter((line) => line !== '-')
    .join('\n');
const near = (found: Float64Array | undefined, expected: readonly number[]): void => {
  assert.equal(found?.length, expected.length);
  found.forEach((x, i) => assert.ok(Math.abs(x - expected[i]) < 1e-12, `${x} for ${expected[i]}`));
};
const cube = (edge: number): number[] => [edge, 0, 0, 0, edge, 0, 0, 0, edge];

test('direct and Cartesian positions, with a scale, three of them, or a volume', () => {
  const direct = parsePoscar(lines.join('\n'), 'POSCAR');
  assert.deepEqual(direct.elements, ['Ba', 'Ti']);
  near(direct.cell, cube(0.4));
  near(direct.positions, [0, 0, 0, 0.2, 0.2, 0.2]);
  const cartesian = parsePoscar(changed({ 7: 'Cartesian', 9: '1 1 1' }), 'POSCAR');
  near(cartesian.positions, [0, 0, 0, 0.2, 0.2, 0.2]);
  near(parsePoscar(changed({ 1: '-64' }), 'POSCAR').cell, cube(0.4));
  near(parsePoscar(changed({ 1: '2 2 3' }), 'POSCAR').cell, [0.4, 0, 0, 0, 0.4, 0, 0, 0, 0.6]);
});

test('selective dynamics, potentials’ names and velocities do not matter', () => {
  const text = changed({
    5: 'Ba_sv Ti_pv/abc',
    7: 'Selective dynamics\nDirect',
    8: '0 0 0 T T F',
    9: '.5 .5 .5 T T T\n\n0 0 0',
  });
  const { elements, positions } = parsePoscar(text, 'POSCAR');
  assert.deepEqual(elements, ['Ba', 'Ti']);
  near(positions, [0, 0, 0, 0.2, 0.2, 0.2]);
});

test('VASP 4 names its elements in the first line, or not at all', () => {
  const { elements, notes } = parsePoscar(changed({ 5: '-' }), 'POSCAR');
  assert.deepEqual(elements, ['Ba', 'Ti']);
  assert.match(notes[0], /POSCAR: elements by its first line \(Ba, Ti\)/);
  assert.throws(() => parsePoscar(changed({ 0: 'my crystal', 5: '-' }), 'POSCAR'), {
    code: 'bad-data',
    message: /which VASP 4 does not write, in the first line but it is "my crystal"/,
  });
});

test('what is wrong is told with its line', () => {
  const cases: [Record<number, string>, RegExp][] = [
    [{ 1: '0' }, /^POSCAR:2: expected a scale/],
    [{ 3: '0 2' }, /^POSCAR:4: expected a vector of the cell but received 0 2/],
    [{ 4: '2 2 0' }, /^POSCAR:5: expected three vectors of a cell with a volume/],
    [{ 5: 'Ba Xx' }, /expected the symbol of an element from H to Pu but received "Xx"/],
    [{ 6: '1' }, /^POSCAR:7: expected how many atoms of Ba, Ti/],
    [{ 7: 'fractional' }, /^POSCAR:8: expected Direct or Cartesian but received fractional/],
    [{ 9: '-' }, /^POSCAR:10: expected the position of atom 2 of 2 but received nothing/],
  ];
  for (const [changes, message] of cases)
    assert.throws(() => parsePoscar(changed(changes), 'POSCAR'), { code: 'bad-data', message });
});

test('files are known by their names', () => {
  const good = ['POSCAR', 'CONTCAR', 'POSCAR.mp-2', 'CONTCAR_relaxed', 'x.vasp', 'X.POSCAR'];
  assert.deepEqual(
    good.filter((name) => !isPoscarName(name)),
    [],
  );
  assert.deepEqual(['POSCARS', 'x.cif', 'INCAR'].filter(isPoscarName), []);
});

test('what pymatgen writes has the volume that ASE tells', () => {
  const { cell, elements } = parsePoscar(readFileSync(join(folder, 'held-out', 'W.vasp'), 'utf8'), 'W.vasp');
  assert.ok(Math.abs(volumeOf(cell!) / elements.length - references.W.volume) < 1e-12);
});
