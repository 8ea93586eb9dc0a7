import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../../src/support/folders.js';
import { readStructure, selectAtoms, type Structure } from '../../../src/trajectories/index.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { alanine } from '../fixtures.js';

const folder = temporaryFolder('structure');
const written = join(packageRoot(), 'native', 'test', 'trajectories', 'data');
const corpus = join(packageRoot(), 'native', 'fuzz', 'corpus', 'structures');

async function structureOf(name: string, text: string): Promise<Structure> {
  const path = join(folder, name);
  writeFileSync(path, text);
  return readStructure(path);
}

const serials = (structure: Structure, selection: string): number[] =>
  Array.from(selectAtoms(structure, selection), (i) => i + 1);

test('GRO and PDB files of two programs tell the same names, residues and elements', async () => {
  for (const name of ['mdtraj.gro', 'gromacs.gro', 'mdtraj.pdb', 'gromacs.pdb']) {
    const structure = await readStructure(join(written, name));
    assert.equal(structure.size, 12, name);
    assert.deepEqual(structure.names.slice(0, 4), ['N', 'CA', 'C', 'O'], name);
    assert.deepEqual([...structure.residueIds], [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], name);
    assert.equal(structure.residueNames[5], 'GLY', name);
    // MDTraj was told that all are carbon, and only its PDB file can say so
    assert.deepEqual(
      structure.elements.slice(0, 4),
      name === 'mdtraj.pdb' ? ['C', 'C', 'C', 'C'] : ['N', 'C', 'C', 'O'],
    );
    assert.ok(structure.box);
  }
});

test('mass and type go by the element where the file tells neither', async () => {
  const structure = await readStructure(alanine);
  assert.deepEqual(serials(structure, 'mass > 11 and mass < 13'), serials(structure, 'element C'));
  assert.deepEqual(serials(structure, 'type N'), serials(structure, 'element N'));
  // CA is no calcium
  assert.deepEqual(serials(structure, 'mass > 20 or name CA'), [9]);
});

test('a PDB file tells chains, bonds and elements', async () => {
  const line = (serial: number, name: string, chain: string, x: number, element: string): string =>
    `HETATM${String(serial).padStart(5)} ${name.padEnd(4)} LIG ${chain}  12    ${x.toFixed(3).padStart(8)}   0.000   0.000  1.00  0.00          ${element.padStart(2)}`;
  const structure = await structureOf(
    'ligand.pdb',
    [
      line(7, 'C1', 'A', 0, 'C'),
      line(9, 'CL1', 'A', 1.7, 'CL'),
      line(12, 'CA', 'B', 9, 'CA'),
      'CONECT    7    9',
      'END',
      '',
    ].join('\n'),
  );
  assert.deepEqual(structure.elements, ['C', 'Cl', 'Ca']);
  assert.deepEqual(structure.chains, ['A', 'A', 'B']);
  assert.deepEqual([...structure.residueIds], [12, 12, 12]);
  assert.equal(structure.box, undefined);
  assert.deepEqual([...structure.connections(Uint32Array.of(0, 1)).bonds], [0, 1]);
});

/** Pairs that the file bonds. */
const bondsOf = (structure: Structure): string[] =>
  Array.from({ length: structure.size }, (_, i) => i).flatMap((i) =>
    Array.from({ length: structure.size - i - 1 }, (_, k) => i + k + 1)
      .filter((k) => structure.areBonded(i, k))
      .map((k) => `${i}-${k}`),
  );

test('bonds of a PDB file count whichever atom is named first, also by numbers in base 36', async () => {
  const line = (serial: string, x: number): string =>
    `HETATM${serial.padStart(5)}  C1  LIG A  12    ${x.toFixed(3).padStart(8)}   0.000   0.000  1.00  0.00           C`;
  const atoms = (...serials: string[]): string => serials.map((serial, i) => line(serial, 9 * i)).join('\n');
  const downward = await structureOf('down.pdb', `${atoms('1', '2', '3')}\nCONECT    3    1\nEND\n`);
  assert.deepEqual(bondsOf(downward), ['0-2']);
  const hybrid = await structureOf(
    'hybrid.pdb',
    `${atoms('99999', 'A0000', 'A0001')}\nCONECTA0000A0001\nEND\n`,
  );
  assert.deepEqual(bondsOf(hybrid), ['1-2']);
});

test('what is odd about a structure file is told with it', async () => {
  const atom = 'ATOM      1  CA  ALA A   1       1.000   2.000   3.000  1.00  0.00           C\n';
  assert.deepEqual((await structureOf('whole.pdb', `${atom}END\n`)).notes, []);
  const { notes, path } = await structureOf('cut.pdb', atom);
  assert.equal(notes.length, 1);
  assert.ok(notes[0].startsWith(path));
  assert.match(notes[0], /END/);
});

test('PSF files in wide columns, and with Drude particles, tell atoms and bonds', async () => {
  for (const name of ['charmm', 'extended-drude']) {
    const path = join(folder, `${name}.psf`);
    const seed = join(packageRoot(), 'native', 'fuzz', 'corpus', 'trajectories', `${name}.psf`);
    writeFileSync(path, readFileSync(seed).subarray(1));
    const structure = await readStructure(path);
    assert.deepEqual(
      structure.names,
      Array.from({ length: 12 }, (_, i) => `C${i + 1}`),
    );
    assert.deepEqual([...structure.residueIds], [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
    assert.deepEqual([...new Set(structure.residueNames)], ['GLY']);
    assert.deepEqual([...new Set(structure.masses)], [12.011]);
    assert.deepEqual(bondsOf(structure), ['0-1', '1-2', '2-3', '3-4', '5-6']);
    assert.ok(!structure.hasPositions);
  }
});

test('types of a LAMMPS data file are called as comments behind their masses, or labels, say', async () => {
  const data = (masses: string, atoms: string): string =>
    `t\n\n2 atoms\n2 atom types\n\n0 9 xlo xhi\n0 9 ylo yhi\n0 9 zlo zhi\n\n${masses}\n\nAtoms # atomic\n\n${atoms}\n`;
  const commented = await structureOf(
    'comments.data',
    data('Masses\n\n1 15.999 # OW\n2 1.008 # HW', '1 1 1 1 1\n2 2 2 1 1'),
  );
  assert.deepEqual(
    [commented.names, commented.elements],
    [
      ['OW', 'HW'],
      ['O', 'H'],
    ],
  );
  const labels = await structureOf(
    'labels.data',
    data('Atom Type Labels\n\n1 OW\n2 HW\n\nMasses\n\nOW 15.999\nHW 1.008', '1 OW 1 1 1\n2 HW 2 1 1'),
  );
  assert.deepEqual(
    [labels.names, labels.elements],
    [
      ['OW', 'HW'],
      ['O', 'H'],
    ],
  );
});

test('a LAMMPS data file tells masses, molecules, bonds and a tilted box', async () => {
  const structure = await structureOf(
    'water.data',
    `title\n\n3 atoms\n2 bonds\n2 atom types\n\n1 11 xlo xhi\n0 10 ylo yhi\n0 10 zlo zhi\n1 2 3 xy xz yz\n
Masses\n\n1 15.9994\n2 1.008\n\nAtoms # full\n\n2 4 2 0.4 1.9 1 1\n1 4 1 -0.8 1 1 1\n3 4 2 0.4 1 1.9 1\n
Velocities\n\n9 0 0 0\n\nBonds\n\n1 1 1 2\n2 1 1 3\n`,
  );
  assert.deepEqual(structure.elements, ['O', 'H', 'H']);
  assert.deepEqual([...structure.residueIds], [4, 4, 4]);
  assert.deepEqual([...structure.box!], [1, 0, 0, 0.1, 1, 0, 0.2, 0.3, 1]);
  assert.deepEqual([...structure.connections(Uint32Array.of(0, 1, 2)).angles], [1, 0, 2]);
  assert.ok(Math.abs(structure.places().positions[3] - 0.19) < 1e-15);
});

test('a LAMMPS data file may call its types, as labels or in comments behind their masses', async () => {
  const head = 't\n\n2 atoms\n2 atom types\n\n0 9 xlo xhi\n0 9 ylo yhi\n0 9 zlo zhi\n\n';
  const commented = `${head}Masses\n\n1 12.011 # CT\n2 1.008 # all of these\n\nAtoms # I like comments\n\n1 1 1 0 0\n2 2 2 0 0\n`;
  const labelled = `${head}Atom Type Labels\n\n1 CT\n2 HC\n\nMasses\n\nCT 12.011\nHC 1.008\n\nAtoms # atomic\n\n1 CT 1 0 0\n2 HC 2 0 0\n`;
  const [first, second] = [
    await structureOf('commented.data', commented),
    await structureOf('labelled.data', labelled),
  ];
  assert.deepEqual([first.names, second.names], [['CT', '2'], ['CT', 'HC']]); // prettier-ignore
  for (const { elements } of [first, second]) assert.deepEqual(elements, ['C', 'H']);
});

test('what is to know of a structure is told with its name', async () => {
  const line = 'ATOM      1  C   LIG A   1       0.000   0.000   0.000  1.00  0.00';
  assert.match((await structureOf('cut.pdb', `${line}\n`)).notes.join(), /cut\.pdb: it has no END/);
  assert.deepEqual((await structureOf('whole.pdb', `${line}\nEND\n`)).notes, []);
});

test('files that chemfiles hangs or crashes on are read or refused', async () => {
  for (const [name, format] of [
    ['hang-header-without-sections.data', 'LAMMPS Data'],
    ['hang-properties.xyz', 'XYZ'],
    ['crash-bonds-before-atoms.pdb', 'PDB'],
  ])
    await readStructure(join(corpus, name), { format }).catch((error: { code?: string }) =>
      assert.equal(error.code, 'bad-data'),
    );
});

test('positions alone are a structure of atoms without names; what is no structure is refused', async () => {
  const nameless = await readStructure(join(written, 'mdtraj.dcd'));
  assert.equal(nameless.size, 12);
  assert.deepEqual(serials(nameless, 'serial 2-3'), [2, 3]);
  for (const [name, text, message] of [
    ['empty.gro', '', /empty/],
    ['cut.gro', 'title\n3\n    1ALA     CA    1   1.000   1.000   1.000\n', /should have 3 atoms/],
    ['none.pdb', 'REMARK nothing\nEND\n', /no frames/],
    ['style.data', 't\n\n1 atoms\n\nAtoms # strange\n\n1 1 0 0 0\n', /atom style/],
  ] as const)
    await assert.rejects(structureOf(name, text), { code: 'bad-data', message }, name);
  await assert.rejects(readStructure(folder + '/nothing.gro'), { code: 'file-not-found' });
});

test('a selection of more words than a parser can nest is refused', async () => {
  const structure = await readStructure(alanine);
  for (const text of ['not '.repeat(5000) + 'all', '('.repeat(100_000), 'all' + ' or all'.repeat(20_000)])
    assert.throws(() => selectAtoms(structure, text), { code: 'bad-argument', message: /at most/ });
});
