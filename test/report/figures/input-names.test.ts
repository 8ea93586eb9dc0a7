import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputNames } from '../../../src/report/figures/input-names.js';

const atoms = (...names: (string | undefined)[]) =>
  names.map((name, i) => ({ serial: i + 1, ...(name !== undefined && { name }) }));

test('inputs are called by their atoms, a residue that goes on named once', () => {
  const inputs = ['d_6_11', 't_5_7_9_15', 'rg', 'c_1_2', 'd_1_2', 'n_1'];
  const inputAtoms = [
    atoms('ACE 1 O', 'ALA 2 CB'),
    atoms('ACE 1 C', 'ALA 2 N', 'ALA 2 CA', 'ALA 2 C'),
    atoms('A 1 A', 'A 1 B', 'A 1 C', 'A 1 D', 'A 1 E'),
    atoms('A 1 A', 'B 2 B'),
    atoms('A 1 A', 'B 2 B'),
    atoms(undefined),
  ];
  assert.deepEqual(inputNames({ inputs, inputAtoms }), [
    'ACE 1 O – ALA 2 CB',
    'ACE 1 C – ALA 2 N – CA – C',
    // of many atoms, of names that two share, without names: the label
    ...['rg', 'c_1_2', 'd_1_2', 'n_1'],
  ]);
  assert.deepEqual(inputNames({ inputs: ['a', 'b'] }), ['a', 'b']);
});
