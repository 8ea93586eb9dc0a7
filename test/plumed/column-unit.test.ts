import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnUnit, parsePlumedInput } from '../../src/plumed/index.js';

const unitsIn = (text: string, columns: readonly string[]) => {
  const input = parsePlumedInput(text, 'plumed.dat');
  return columns.map((column) => columnUnit(input, column));
};
const input = `d: DISTANCE ATOMS=1,2
v: DISTANCE ATOMS=1,2 COMPONENTS
s: DISTANCE ATOMS=1,2 SCALED_COMPONENTS
t: TORSION ATOMS=1,2,3,4
r: RMSD REFERENCE=a.pdb TYPE=OPTIMAL
q: RMSD REFERENCE=a.pdb TYPE=OPTIMAL SQUARED
g: GYRATION ATOMS=1-9
i: GYRATION ATOMS=1-9 TYPE=TRACE
c: COORDINATION GROUPA=1 GROUPB=2 R_0=0.3
m: METAD ARG=d SIGMA=0.1 HEIGHT=1 PACE=100
`;
const columns = ['d', 'v.x', 's.a', 't', 'q', 'g', 'i', 'c', 'm.bias', 'm.rct', 'none'];

test('lengths, angles and biases have units, other values none that is said', () => {
  assert.deepEqual(unitsIn(input, columns), [
    ...['nm', 'nm', undefined, 'rad', undefined, 'nm', undefined, undefined, 'kJ/mol'],
    ...[undefined, undefined],
  ]);
});

test('they are those of UNITS; natural units have no names', () => {
  assert.deepEqual(unitsIn(`UNITS LENGTH=A ENERGY=kcal/mol\n${input}`, ['d', 'm.bias', 't']), [
    'A',
    'kcal/mol',
    'rad',
  ]);
  assert.deepEqual(unitsIn(`UNITS NATURAL\n${input}`, ['d', 'm.bias', 't']), [undefined, undefined, 'rad']);
});
