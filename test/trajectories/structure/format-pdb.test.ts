import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../../src/support/index.js';
import { formatPdb, readStructure, trajectoryTimes } from '../../../src/trajectories/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const data = join(packageRoot(), 'native', 'test', 'trajectories', 'data');
const folder = temporaryFolder('pdb');

test('what is written is read again, names, elements, positions and box', async () => {
  const structure = await readStructure(join(data, 'gromacs.gro'));
  const { positions, box } = structure.places();
  const path = join(folder, 'one.pdb');
  writeFileSync(path, formatPdb(structure, [{ positions, box }], 'a frame'));
  const again = await readStructure(path);
  for (const property of ['names', 'residueNames', 'elements'] as const)
    assert.deepEqual(again[property], structure[property]);
  assert.deepEqual(again.residueIds, structure.residueIds);
  again.places().positions.forEach((value, at) => assert.ok(Math.abs(value - positions[at]) < 6e-5));
  // a PDB file tells lengths and angles: its box is turned, with the same edges
  for (const k of [0, 1, 2]) {
    const edge = (rows: Float64Array): number => Math.hypot(...rows.subarray(3 * k, 3 * k + 3));
    assert.ok(Math.abs(edge(again.box!) - edge(box!)) < 1e-3);
  }
});

test('several frames are models; a part of the atoms is numbered from 1', async () => {
  const structure = await readStructure(join(data, 'gromacs.gro'));
  const { positions } = structure.places();
  const path = join(folder, 'models.pdb');
  const frames = [positions, positions.map((value) => value + 1)].map((each) => ({
    positions: each,
    box: undefined,
  }));
  writeFileSync(path, formatPdb(structure, frames, 'two', Uint32Array.from([1, 5])));
  const text = readFileSync(path, 'utf8');
  assert.equal(text.match(/^MODEL/gm)?.length, 2);
  assert.equal(text.match(/^ENDMDL/gm)?.length, 2);
  assert.match(text, /^ATOM {6}1 {2}CA {2}GLY/m);
  assert.match(text, /^ATOM {6}2 {2}CA {2}GLY/m);
  assert.equal((await readStructure(path)).size, 2);
  assert.equal((await trajectoryTimes([path], 2)).length, 2);
  assert.throws(() => formatPdb(structure, [{ positions: positions.slice(3), box: undefined }], ''), {
    code: 'bad-argument',
  });
});
