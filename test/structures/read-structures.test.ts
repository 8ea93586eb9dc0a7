import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  elementsOf,
  findStructures,
  formulaOf,
  holdsStructures,
  readStructures,
} from '../../src/structures/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { folder } from './fixtures.js';

const own = temporaryFolder('structures');

test('a CIF has its symmetry, and is the same crystal as the POSCAR', async () => {
  const [cif, poscar] = await readStructures(
    ['ZnS.cif', 'ZnS-primitive.vasp'].map((name) => join(folder, 'compounds', name)),
  );
  assert.deepEqual([cif.elements.length, poscar.elements.length], [8, 2]);
  assert.deepEqual([cif, poscar].map(formulaOf), ['SZn', 'SZn']);
  assert.deepEqual(elementsOf([cif]), ['S', 'Zn']);
  assert.ok(Math.abs(cif.cell![0] - 0.54093) < 1e-9);
  assert.equal(cif.name, 'ZnS');
  assert.ok(cif.otherNames.includes('ZnS.cif'));
});

test('structures of one file are called by name, or numbered; a key may be named', async () => {
  const path = join(own, 'two.xyz');
  writeFileSync(path, '1\nname=first id=7\nFe 0 0 0\n1\nid=8\nFe 0 0 0\n');
  assert.deepEqual(
    (await readStructures([path])).map(({ name }) => name),
    ['first', '8'],
  );
  assert.deepEqual(
    (await readStructures([path], { nameKey: 'id' })).map(({ name }) => name),
    ['7', '8'],
  );
  writeFileSync(path, '1\n\nFe 0 0 0\n1\n\nFe 0 0 0\n');
  const numbered = await readStructures([path]);
  assert.deepEqual(
    numbered.map(({ name }) => name),
    ['two#1', 'two#2'],
  );
  assert.equal(numbered[1].place, `${path}, structure 2`);
});

test('a folder of calculations gives the structure that each ended with, called by its folder', async () => {
  for (const name of ['b', 'a']) {
    mkdirSync(join(own, 'runs', name), { recursive: true });
    copyFileSync(join(folder, 'held-out', 'W.vasp'), join(own, 'runs', name, 'POSCAR'));
  }
  copyFileSync(join(folder, 'elements', 'Mo.vasp'), join(own, 'runs', 'a', 'CONTCAR'));
  const found = findStructures([join(own, 'runs')]);
  assert.deepEqual(
    found.map((path) => path.slice(own.length)),
    ['/runs/a/CONTCAR', '/runs/b/POSCAR'],
  );
  const structures = await readStructures(found);
  assert.deepEqual(
    structures.map(({ name, elements }) => [name, elements[0]]),
    [
      ['a', 'Mo'],
      ['b', 'W'],
    ],
  );
  assert.equal(holdsStructures(join(own, 'runs')), true);
});

test('files that cannot be read stop it with their names, or are left out and told', async () => {
  const bad = join(own, 'bad.vasp');
  writeFileSync(bad, 'x\n1\n');
  const good = join(folder, 'held-out', 'W.vasp');
  await assert.rejects(readStructures([good, bad]), {
    code: 'bad-data',
    message: /bad.vasp:3: expected a vector/,
  });
  const warnings: string[] = [];
  const read = await readStructures([good, bad], {
    skipUnreadable: true,
    onWarning: (line) => warnings.push(line),
  });
  assert.equal(read.length, 1);
  assert.match(warnings[0], /^left out: .*bad.vasp:3/);
  await assert.rejects(readStructures([bad], { skipUnreadable: true }), {
    code: 'bad-data',
    message: /none can be read/,
  });
  await assert.rejects(readStructures([join(own, 'none.cif')], { skipUnreadable: true }), {
    code: 'file-not-found',
  });
});

test('atoms in one place, a folder without structures, and a disordered CIF are refused', async () => {
  const twice = join(own, 'twice.vasp');
  writeFileSync(twice, 'x\n1\n4 0 0\n0 4 0\n0 0 4\nFe\n2\nDirect\n0 0 0\n1 0 0\n');
  await assert.rejects(readStructures([twice]), {
    code: 'bad-data',
    message: /twice.vasp: expected atoms apart .* two of Fe and Fe are 0.00 Å apart/,
  });
  mkdirSync(join(own, 'empty'));
  assert.throws(() => findStructures([join(own, 'empty')]), {
    code: 'file-not-found',
    message: /expected structures in .*empty/,
  });
  const partly = join(own, 'partly.cif');
  writeFileSync(
    partly,
    'data_x\nloop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\nFe1 0 0 0 0.5\n',
  );
  await assert.rejects(readStructures([partly]), {
    code: 'bad-data',
    message: /partly.cif:8: expected the site Fe1 to be fully occupied/,
  });
});
