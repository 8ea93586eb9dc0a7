import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPdbAtoms } from '../../../src/plumed/descriptors/pdb-atoms.js';

const line = 'ATOM      5  CA  ALA A   2       1.000  -2.500  13.125  0.50  1.00';

test('columns of the first structure, numbers NaN where none stand', () => {
  const atoms = readPdbAtoms(`REMARK x\r\n${line}\r\nHETATM${line.slice(6, 54)}\nEND\n${line}\n`);
  assert.deepEqual(atoms[0], {
    serial: 5,
    name: ' CA ',
    residue: 'ALA ',
    chain: 'A',
    residueNumber: 2,
    position: [1, -2.5, 13.125],
    weight: 0.5,
    deviationWeight: 1,
  });
  assert.deepEqual([atoms.length, atoms[1].weight], [2, NaN]);
});
