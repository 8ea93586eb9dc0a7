import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import {
  expandDefinition,
  parseDefinition,
  readStructure,
  selectAtoms,
} from '../../src/trajectories/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('residues');
const fixture = (name: string): string => join(packageRoot(), 'test', 'fixtures', 'trajectories', name);

test('residues, ions, waters and interaction sites under the names of many programs', async () => {
  const structure = await readStructure(fixture('residue-names.gro'));
  const kindsOf = (...residues: string[]): string[] =>
    residues.map((residue) => structure.kindOf(structure.residueNames.indexOf(residue)));
  for (const [kind, names] of Object.entries({
    protein:
      'NLE SEP TPO PTR HYP MLY KCX CSO CME ORN AIB PCA CGU TYS DAL DLY ASPP GLUP LYP HISP FOR NHE ETA CT3',
    ion: 'ION IOD NIO CIO SOD CLA CAL HG QNA',
    water: 'TP3 TP4 TP5 TIP2 TIP4E SPC/E OPC3 OP3 SWM4 SWM6 HHO OHH OH2 D2O W',
  }))
    assert.deepEqual([...new Set(kindsOf(...names.split(' ')))], [kind]);
  const heavy = [...selectAtoms(structure, 'resname TIP4 and heavy')].map((i) => structure.names[i]);
  assert.deepEqual(heavy, ['OW']);
});

test('a residue that no list knows is protein where N, CA and C are bonded to its neighbours', async () => {
  const path = join(folder, 'unknown.pdb');
  const text = readFileSync(fixture('insertion-codes.pdb'), 'utf8');
  writeFileSync(path, text.replaceAll(/ALA A {3}2 /g, 'QQQ A   2 '));
  const structure = await readStructure(path);
  assert.equal(selectAtoms(structure, 'protein').length, 30);
  // far from all others it is none
  writeFileSync(path, text.replaceAll(/ALA( A {3}4.{12}).{8}/g, 'QQQ$1  99.000'));
  assert.equal(selectAtoms(await readStructure(path), 'protein').length, 25);
});

test('insertion codes tell residues apart: six residues have ten torsions of the backbone', async () => {
  const structure = await readStructure(fixture('insertion-codes.pdb'));
  const { set } = await expandDefinition(parseDefinition(['torsions backbone']), structure);
  assert.equal(set.items.length, 10);
});

test('a separation is the least difference of residue numbers that is taken', async () => {
  const structure = await readStructure(fixture('no-sections.psf'));
  const count = async (text: string): Promise<number> =>
    (await expandDefinition(parseDefinition([text]), structure)).set.items.length;
  // twenty residues in a chain: 20 − k pairs that are k apart
  for (const separation of [1, 2, 4, 19])
    assert.equal(
      await count(`distances (name CA) separation ${separation}`),
      ((20 - separation) * (21 - separation)) / 2,
    );
});

test('a PSF file tells names, residues, segments and masses, and asks for positions where they are needed', async () => {
  const structure = await readStructure(fixture('no-sections.psf'));
  assert.equal(structure.size, 80);
  assert.deepEqual(structure.elements.slice(0, 4), ['N', 'C', 'C', 'O']);
  assert.equal(selectAtoms(structure, 'segid A and mass 12-12.1').length, 40);
  for (const text of [
    'distances (name CA) cutoff 1',
    'angles all',
    'distances (x < 1)',
    'distances (within 1 of (N))',
  ])
    await assert.rejects(expandDefinition(parseDefinition([text]), structure), {
      code: 'bad-argument',
      message: /expected positions/,
    });
});

test('pairs of many waters are counted before they are made', async () => {
  const path = join(folder, 'waters.gro');
  const side = 20;
  const atoms = Array.from({ length: side ** 3 }, (_, i) => {
    const place = [i % side, Math.floor(i / side) % side, Math.floor(i / side ** 2)];
    const columns = place.map((n) => (0.31 * n).toFixed(3).padStart(8)).join('');
    return `${String(i + 1).padStart(5)}SOL     OW${String((i + 1) % 100_000).padStart(5)}${columns}`;
  });
  const edge = (0.31 * side).toFixed(5);
  writeFileSync(path, ['waters', String(atoms.length), ...atoms, `${edge} ${edge} ${edge}`, ''].join('\n'));
  const structure = await readStructure(path);
  await assert.rejects(expandDefinition(parseDefinition(['distances heavy']), structure), {
    code: 'bad-argument',
    message: /at most 100000 descriptors but there are 31996000/,
  });
  // each has six neighbours in the periodic lattice
  const { set } = await expandDefinition(parseDefinition(['contacts OW cutoff 0.32 r0=0.3']), structure);
  assert.equal(set.items.length, 3 * atoms.length);
});

test('heavy alone is that of the solute where there is water, and says so', async () => {
  const path = join(folder, 'solvated.gro');
  const line = (residue: string, name: string, serial: number, x: number): string =>
    `    ${residue === 'SOL' ? 2 : 1}${residue.padEnd(5)}${name.padStart(5)}${String(serial).padStart(5)}${x.toFixed(3).padStart(8)}   0.000   0.000`;
  writeFileSync(
    path,
    [
      't',
      '4',
      line('LIG', 'C1', 1, 0),
      line('LIG', 'C2', 2, 0.15),
      line('LIG', 'O1', 3, 0.3),
      line('SOL', 'OW', 4, 0.9),
      '   3 3 3',
      '',
    ].join('\n'),
  );
  const structure = await readStructure(path);
  const expand = async (text: string): Promise<[number, number]> => {
    const { set, notes } = await expandDefinition(parseDefinition([text]), structure);
    return [set.items.length, notes.length];
  };
  assert.deepEqual(await expand('distances heavy'), [3, 1]);
  assert.deepEqual(await expand('distances (all and heavy)'), [6, 0]);
});
