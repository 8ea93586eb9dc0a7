import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../../src/support/folders.js';
import {
  automaticDefinition,
  expandDefinition,
  parseDefinition,
  readStructure,
  selectAtoms,
} from '../../../src/trajectories/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

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

test('a ligand under the name of an amino acid or a nucleotide is told by its atoms', async () => {
  const path = join(folder, 'ligand.pdb');
  const text = readFileSync(fixture('insertion-codes.pdb'), 'utf8').replace(/^(TER|END)[^]*/m, '');
  const atom = (i: number, name: string, residue: string, x: number): string =>
    `HETATM${String(900 + i).padStart(5)}  ${name.padEnd(3)} ${residue} B 900    ${(x + i).toFixed(3).padStart(8)}${'90.000'.padStart(8)}${'90.000'.padStart(8)}  1.00  0.00           ${name[0]}`;
  const kindOf = async (residue: string, names: string[]): Promise<string> => {
    writeFileSync(path, `${text}${names.map((name, i) => atom(i, name, residue, 90)).join('\n')}\nEND\n`);
    const structure = await readStructure(path);
    return structure.kindOf(structure.size - 1);
  };
  assert.equal(await kindOf('UNK', ['C1', 'C2', 'O3']), 'other');
  assert.equal(await kindOf('UNK', ['N', 'CA', 'C']), 'protein');
  assert.equal(await kindOf('ATP', ['PA', "O3'", "C1'"]), 'other');
  assert.equal(await kindOf('ATP', ['C1', 'C2']), 'other');
  assert.equal(await kindOf(' DA', ['P', "O3'", "C1'"]), 'other');
  // beads
  assert.equal(await kindOf(' DA', ['BB1', 'BB2']), 'nucleic');
  // an oxygen on a surface is called as its residue
  assert.equal(await kindOf('  O', ['O']), 'other');
  assert.equal(await kindOf(' NA', ['NA']), 'ion');
});

test('nucleotides that are joined are nucleic', async () => {
  const path = join(folder, 'dinucleotide.pdb');
  const lines = [
    ['P', 1, 0],
    ["O3'", 1, 3],
    ['P', 2, 4.6],
    ["O3'", 2, 8],
  ].map(
    ([name, residue, x], i) =>
      `ATOM  ${String(i + 1).padStart(5)}  ${String(name).padEnd(3)}  DA A${String(residue).padStart(4)}    ${Number(x).toFixed(3).padStart(8)}   0.000   0.000  1.00  0.00           ${String(name)[0]}`,
  );
  writeFileSync(path, `${lines.join('\n')}\nEND\n`);
  const structure = await readStructure(path);
  assert.deepEqual(
    [0, 1, 2, 3].map((i) => structure.kindOf(i)),
    Array(4).fill('nucleic'),
  );
});

test('sites of polarisable waters are not heavy, and a coarse protein has no automatic choice', async () => {
  const water = join(folder, 'drude.gro');
  const names = ['OH2', 'DOH2', 'OM', 'H1', 'H2'];
  const line = (residue: string, name: string, i: number): string =>
    `    1${residue.padEnd(5)}${name.padStart(5)}${String(i + 1).padStart(5)}${(0.05 * i).toFixed(3).padStart(8)}   0.000   0.000`;
  writeFileSync(water, `one\n5\n${names.map((name, i) => line('SWM4', name, i)).join('\n')}\n1 1 1\n`);
  assert.equal(selectAtoms(await readStructure(water), 'heavy').length, 1);
  const beads = join(folder, 'martini.gro');
  const bead = (i: number): string => line('ALA', 'BB', i).replace('    1', String(i + 1).padStart(5));
  writeFileSync(beads, `beads\n6\n${[0, 1, 2, 3, 4, 5].map(bead).join('\n')}\n5 5 5\n`);
  const structure = await readStructure(beads);
  assert.throws(() => automaticDefinition(structure), /N, CA and C in the 6 residues .* coarse-grained/);
});

test('a peptide of four large residues is learned from by its distances', async () => {
  const path = join(folder, 'tetrapeptide.pdb');
  const side = ['CB', 'CG', 'CD1', 'CD2', 'NE1', 'CE2', 'CE3', 'CZ2', 'CZ3', 'CH2'];
  const lines = [0, 1, 2, 3].flatMap((residue) =>
    ['N', 'CA', 'C', 'O', ...side].map((name, i) => {
      const [x, y] = i < 3 ? [1.4 * (3 * residue + i), 0] : [1.4 * (3 * residue + 1), 1.4 * (i - 2)];
      return `ATOM  ${String(14 * residue + i + 1).padStart(5)}  ${name.padEnd(3)} TRP A${String(residue + 1).padStart(4)}    ${x.toFixed(3).padStart(8)}${y.toFixed(3).padStart(8)}   0.000  1.00  0.00           ${name[0]}`;
    }),
  );
  writeFileSync(path, `${lines.join('\n')}\nEND\n`);
  const { reason } = automaticDefinition(await readStructure(path));
  assert.equal(reason, 'a peptide');
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
