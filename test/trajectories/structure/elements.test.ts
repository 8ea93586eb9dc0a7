import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elementOf, massOf } from '../../../src/trajectories/structure/elements.js';

const atom = (name: string, more: object = {}) => ({
  name,
  type: name,
  residue: '',
  mass: NaN,
  alone: false,
  ...more,
});

test('in files without residues every element counts: by symbol, numbered, or by type', () => {
  for (const symbol of ['Nb', 'Zr', 'Hf', 'V', 'Y', 'In', 'Sc', 'Ti', 'O']) {
    assert.equal(elementOf(atom(symbol)), symbol);
    assert.equal(elementOf(atom(`${symbol}1`)), symbol);
    assert.equal(elementOf(atom('X', { type: symbol })), symbol);
  }
  assert.ok(Math.abs(massOf('Nb') - 92.906) < 1e-9);
});

test('in molecules the same words are names of other atoms', () => {
  assert.equal(elementOf(atom('Nb', { residue: 'HEM' })), 'N');
  assert.equal(elementOf(atom('Hf', { residue: 'LIG' })), 'H');
  assert.equal(elementOf(atom('Ho', { type: 'Ho', mass: 1.008 })), 'H');
  assert.equal(elementOf(atom('NB')), 'N');
});
