import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { atomNames, readStructure, type Structure } from '../../../src/trajectories/index.js';
import { parseAtomName, writeAtomName } from '../../../src/trajectories/structure/atom-names.js';
import { findAtoms } from '../../../src/trajectories/definitions/find-atoms.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { dimer, groText, pdbLines, turnedWithin, waters, type PdbLine } from '../dimer.js';

const folder = temporaryFolder('names');

async function structureOf(name: string, text: string): Promise<Structure> {
  const path = join(folder, name);
  writeFileSync(path, text);
  return readStructure(path);
}
const pdb = (name: string, atoms: readonly PdbLine[]): Promise<Structure> =>
  structureOf(name, [...pdbLines(atoms), 'END', ''].join('\n'));

const atoms = dimer();
const structure = await pdb('dimer.pdb', atoms);
const names = atomNames(
  structure,
  atoms.map((_, i) => i + 1),
);
/** Which atom of the dimer each of those found is. */
const originals = (found: readonly number[], there: readonly PdbLine[]): number[] =>
  found.map((atom) => atoms.indexOf(there[atom]));
const everyone = atoms.map((_, i) => i);

test('atoms of two chains with insertion codes have names of their own', () => {
  assert.equal(new Set(names).size, 60);
  assert.deepEqual(
    [1, 6, 11, 31, 41].map((i) => names[i]),
    ['ALA 1 CA A', 'ALA 2 CA A', 'ALA 2A CA A 2', 'ALA 1 CA B 2', 'ALA 2A CA B 5'],
  );
  for (const name of [...names, 'ALA 2 CA', '- - C', 'ALA -5 CA', 'ALA 2 CA - 2'])
    assert.equal(writeAtomName(parseAtomName(name)), name);
  for (const bad of ['ALA CA', 'ALA 2 CA A 0', 'ALA 2 CA A 1 x', 'ALA 2 CA A x', ''])
    assert.throws(() => parseAtomName(bad), { code: 'bad-model' }, bad);
});

test('they are found where chains and codes are told, in any order, and in their order where they are not', async () => {
  const [a, b] = [atoms.slice(0, 30), atoms.slice(30)];
  const turned = [...waters(3), ...turnedWithin(b), ...turnedWithin(a)];
  const found = findAtoms(names, await pdb('turned.pdb', turned));
  assert.deepEqual(originals(found.atoms, turned), everyone);
  assert.deepEqual(found.notes, []);

  const plain = [...waters(3), ...turnedWithin(a), ...turnedWithin(b), ...waters(2)];
  const inOrder = findAtoms(names, await structureOf('plain.gro', groText(plain)));
  assert.deepEqual(originals(inOrder.atoms, plain), everyone);
  assert.match(
    inOrder.notes.join('\n'),
    /plain\.gro does not tell the chains or insertion codes of 60 atoms, which are taken in their order/,
  );

  // codes without chains
  const blank = plain.map((atom) => ({ ...atom, chain: ' ' }));
  const coded = findAtoms(names, await pdb('blank.pdb', blank));
  assert.deepEqual(
    coded.atoms.map((atom) => atoms.indexOf(plain[atom])),
    everyone,
  );
});

test('chains of other names are taken in their order, which is told; two copies give the first', async () => {
  const other = atoms.map((atom) => ({ ...atom, chain: atom.chain === 'A' ? 'P' : 'Q' }));
  const { atoms: found, notes } = findAtoms(names, await pdb('other.pdb', other));
  assert.deepEqual(found, everyone);
  assert.match(notes.join('\n'), /chains of the model are called otherwise in \S*: P for A, Q for B/);
  const twice = findAtoms(names, await pdb('twice.pdb', [...atoms, ...atoms]));
  assert.deepEqual(twice.atoms, everyone);
  assert.match(twice.notes.join('\n'), /has 2 copies of the molecule: the first is taken/);
  // atoms of the second chain alone are not those of the first
  const second = findAtoms(names.slice(30), await structureOf('all.gro', groText(atoms)));
  assert.deepEqual(second.atoms, everyone.slice(30));
});

test('what cannot be told apart is refused', async () => {
  const monomer = await pdb('monomer.pdb', atoms.slice(0, 30));
  assert.throws(() => findAtoms(names, monomer), { code: 'bad-argument', message: /both are atom 1/ });
  assert.throws(() => findAtoms(['ALA 9 CA'], monomer), { code: 'bad-argument', message: /ALA 9 CA in/ });
  // elements for names, as of a ligand out of an XYZ file
  const alike = await pdb(
    'alike.pdb',
    atoms.slice(0, 5).map((atom) => ({ ...atom, name: 'C' })),
  );
  assert.throws(() => findAtoms(atomNames(alike, [1, 2]), alike), {
    code: 'bad-argument',
    message: /several are called "ALA 1 C A"/,
  });
});

test('names of models that were written before are read as they were meant', async () => {
  const old = ['ALA 3 CA', 'ALA 4 CA'];
  const { atoms: found, notes } = findAtoms(old, await pdb('one.pdb', atoms.slice(0, 30)));
  assert.deepEqual(found, [21, 26]);
  assert.deepEqual(notes, []);
  assert.match(findAtoms(old, structure).notes.join(), /has 2 copies of the molecule: the first is taken/);
});
