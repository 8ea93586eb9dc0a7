import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeSystem } from '../../src/campaign/index.js';
import { packageRoot } from '../../src/support/folders.js';
import {
  automaticDefinition,
  readStructure,
  parseDefinition,
  type Structure,
} from '../../src/trajectories/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('bonds');
const fixture = (name: string): string => join(packageRoot(), 'test', 'fixtures', 'trajectories', name);

function write(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, [...lines, ''].join('\n'));
  return path;
}
const atom = (
  serial: string,
  residue: string,
  id: number,
  name: string,
  [x, y, z]: readonly number[],
): string =>
  `HETATM${serial.padStart(5)} ${name.padEnd(4)} ${residue} A${String(id).padStart(4)}    ` +
  `${[x, y, z].map((r) => r.toFixed(3).padStart(8)).join('')}  1.00  0.00`;
const contacts = parseDefinition(['distances all cutoff 0.5']).statements[0];
const bondsOf = (structure: Structure): number[] => [
  ...structure.connections(Uint32Array.from({ length: structure.size }, (_, i) => i)).bonds,
];

/** Three carbons, too far apart to be bonded by distance. */
const far = (serials: readonly string[]): string[] =>
  serials.map((serial, i) => atom(serial, 'LIG', 1, `C${i + 1}`, [5 * i, 0, 0]));

test('CONECT records are bonds whichever serial they name first, and those of wrapped and hybrid-36 serials', async () => {
  for (const [name, serials, records] of [
    ['down', ['1', '2', '3'], ['CONECT    2    1', 'CONECT    3    2']],
    ['twice', ['1', '2', '3'], ['CONECT    1    2', 'CONECT    2    1    3', 'CONECT    3    2']],
    ['wrapped', ['99999', '0', '1'], ['CONECT99999    0', 'CONECT    0    1']],
    ['hybrid', ['99999', 'A0000', 'A0001'], ['CONECT99999A0000', 'CONECTA0001A0000']],
  ] as const) {
    const structure = await readStructure(write(`${name}.pdb`, [...far(serials), ...records, 'END']));
    assert.deepEqual(bondsOf(structure), [0, 1, 1, 2], name);
  }
  // a serial that is there twice, 100,000 atoms apart: the near one is meant
  const first = ['5', '6'].map((serial, i) => atom(serial, 'LIG', 1, `C${i}`, [5 * i, 0, 0]));
  const second = ['5', '6'].map((serial, i) => atom(serial, 'LIG', 2, `C${i}`, [90 + 5 * i, 0, 0]));
  const path = write('again.pdb', [...first, ...second, 'CONECT    5    6', 'END']);
  const structure = await readStructure(path);
  assert.ok(structure.areBonded(0, 1));
  assert.ok(!structure.areBonded(0, 3) && !structure.areBonded(2, 1));
});

/** Residues in a stretched chain, each C bonded to the next N at 1.33 Å, with side chains of so many carbons. */
function chain(residues: readonly string[], side: number): string[] {
  let serial = 0;
  return residues.flatMap((residue, i) => {
    const at = (name: string, x: number, y: number, z = 0): string =>
      atom(String(++serial), residue, i + 1, name, [3.8 * i + x, y, z]);
    const more = Array.from({ length: side }, (_, k) =>
      at(`C${'BGDEZHQ'[k]}`, 1.2, 2.2 + 1.4 * k, 0.5 * (i % 2)),
    );
    return [at('N', 0, 0), at('CA', 1.2, 0.8), at('C', 2.48, 0.1), at('O', 2.5, -1.2), ...more];
  });
}

test('a tetrapeptide of more heavy atoms than a small molecule is a peptide: all its distances', async () => {
  const path = write('tetra.pdb', [...chain(['PHE', 'TRP', 'TYR', 'PHE'], 7), 'END']);
  const { definition, reason } = automaticDefinition(await readStructure(path));
  assert.equal(reason, 'a peptide');
  const { expanded } = await describeSystem({ files: [path], definition });
  assert.equal(expanded.set.items.length, (44 * 43) / 2);
});

for (const residue of ['NLE', 'CSO'])
  test(`${residue} within a chain is protein, and no ligand`, async () => {
    const names = ['ALA', 'ALA', residue, 'ALA', residue, 'ALA', 'ALA'];
    const path = write(`${residue}.pdb`, [...chain(names, 2), 'END']);
    const { reason, definition } = automaticDefinition(await readStructure(path));
    assert.equal(reason, 'a protein');
    const torsions = { groups: [], statements: definition.statements.slice(0, 1) };
    // of seven residues six φ and six ψ
    assert.equal(
      (await describeSystem({ files: [path], definition: torsions })).expanded.set.items.length,
      12,
    );
  });

/** Five carbons in a line; PSF files give no positions. */
function psf(flags: string): string[] {
  const wide = flags.includes('EXT');
  const drude = flags.includes('DRUDE') ? '   0.00000   0.00000' : '';
  const atoms = Array.from({ length: 5 }, (_, i) => {
    const [serial, id] = [String(i + 1).padStart(wide ? 10 : 8), String(i + 1)];
    const pad = (word: string, narrow: number): string => word.padEnd(wide ? 8 : narrow);
    return `${serial} ${pad('SEGA', 4)} ${pad(id, 4)} ${pad('ALA', 4)} ${pad('CA', 4)} ${wide ? 'CT1   ' : 'CT1 '}   0.000000       12.0110           0${drude}`;
  });
  const n = (count: number): string => String(count).padStart(wide ? 10 : 8);
  return [flags, '', `${n(1)} !NTITLE`, ' REMARKS made for a test', '', `${n(5)} !NATOM`, ...atoms, '', `${n(2)} !NBOND: bonds`, [1, 2, 3, 2].map(n).join(''), ''];
} // prettier-ignore

for (const flags of ['PSF', 'PSF EXT', 'PSF EXT CMAP XPLOR', 'PSF DRUDE', 'PSF EXT DRUDE XPLOR'])
  test(`"${flags}": names and bonds, and positions of the trajectory's first frame`, async () => {
    const structure = write('no-positions.psf', psf(flags));
    const read = await readStructure(structure);
    assert.deepEqual([...new Set(read.names), ...new Set(read.segments)], ['CA', 'SEGA']);
    assert.deepEqual([...read.residueIds], [1, 2, 3, 4, 5]);
    assert.ok(read.areBonded(0, 1) && read.areBonded(1, 2) && !read.areBonded(0, 2));
    const lines = [0, 1, 2, 3, 4].map((i) => `C ${4 * i} 0 0`);
    const frames = write('five.xyz', ['5', 't', ...lines]);
    const definition = { groups: [], statements: [] };
    const named = { ...definition, statements: [contacts] };
    const { expanded } = await describeSystem({ files: [frames], structure, definition: named });
    // neighbours are 0.4 nm apart: at the origin all ten pairs would be within 0.5 nm
    assert.equal(expanded.set.items.length, 4);
    assert.match(
      expanded.notes.join(),
      /has no positions: those of the first frame of \S*five\.xyz are taken/,
    );
  });

test('a PSF file without sections of bonds tells its names', async () => {
  const text = readFileSync(fixture('no-sections.psf'), 'utf8');
  assert.ok(!text.includes('!NBOND'));
  assert.equal((await readStructure(fixture('no-sections.psf'))).size, 80);
});
