import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { descriptorSet } from '../../src/descriptors/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { readStructure, readTrajectory } from '../../src/trajectories/index.js';
import { runFixture } from '../native/fixtures.js';
import { temporaryFolder } from '../temporary-folder.js';
import { alanine } from './fixtures.js';

const folder = temporaryFolder('other-formats');
const at = (name: string): string => join(folder, name);

test('of an MMTF file, the atoms are its own: no copies that the symmetry of an assembly makes', async () => {
  // PDB 173D; numbers by mmtf-python
  const path = join(packageRoot(), 'test', 'fixtures', 'trajectories', '173D.mmtf');
  const structure = await readStructure(path);
  assert.equal(structure.size, 512);
  const set = descriptorSet([{ kind: 'distance', atoms: [1, 512] }], { pbc: false });
  const { data, frames } = await readTrajectory([path], { set, atoms: 512 });
  assert.equal(frames, 1);
  assert.ok(Math.abs(data[0] - 1.6945796) < 1e-6, `${data[0]}`);
});

test('an AMBER restart in NetCDF, written by scipy, is a frame with box and time', async () => {
  runFixture('netcdf_restart.py', at('restart.ncrst'));
  const distances = [2, 3].map((atom) => ({
    kind: 'distance' as const,
    atoms: [1, atom] as [number, number],
  }));
  const { data, time } = await readTrajectory([at('restart.ncrst')], {
    set: descriptorSet(distances),
    atoms: 3,
  });
  assert.deepEqual([...time], [12.5]);
  // 18 Å apart in a box of 20 Å
  for (const [i, distance] of [0.2, 0.5].entries()) assert.ok(Math.abs(data[i] - distance) < 1e-12);
});

test('a plain file under the name of a packed one is read by the name within', async () => {
  copyFileSync(alanine, at('plain.gro.gz'));
  const [named, plain] = [await readStructure(at('plain.gro.gz')), await readStructure(alanine)];
  assert.deepEqual(named.places().positions, plain.places().positions);
});

test('a tar archive is refused as one, whatever its name', async () => {
  execFileSync('tar', ['-cf', at('frames.gro.gz'), '-C', packageRoot(), 'package.json']);
  await assert.rejects(readStructure(at('frames.gro.gz')), {
    code: 'other-kind',
    message: /is a tar archive/,
  });
});

test('a file of no known format is told as one, packed or not', async () => {
  for (const name of ['top.prmtop', 'CONFIG', 'top.prmtop.gz']) {
    writeFileSync(at(name), 'text\n');
    await assert.rejects(readStructure(at(name)), {
      code: 'bad-data',
      message: /its name tells no format that latentcv or chemfiles \S+ reads: name its format \(‘format’\)/,
    });
  }
});

test('a table of columns is no structure, which is told', async () => {
  writeFileSync(at('COLVAR'), '#! FIELDS time d\n0 1\n');
  await assert.rejects(readStructure(at('COLVAR')), {
    code: 'other-kind',
    message: /expected frames of atoms but .*COLVAR is a table of columns/,
  });
});
