import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readStateStructures, type StatesFile } from '../../../src/states/index.js';
import { formatPdb, readStructure } from '../../../src/trajectories/index.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { alanine } from '../../trajectories/fixtures.js';

const folder = temporaryFolder('state-structures');

test('structures are turned alike and are no mirror images; the longest axis lies across', async () => {
  const own = await readStructure(alanine);
  const { positions } = own.places();
  const moved = positions.map((value, i) => value + (i % 3 === 0 ? 0.3 : 0));
  writeFileSync(join(folder, 'A.pdb'), formatPdb(own, [{ positions, box: undefined }], 'A'));
  writeFileSync(join(folder, 'B.pdb'), formatPdb(own, [{ positions: moved, box: undefined }], 'B'));
  const states = [
    { name: 'A', structures: { pdb: 'A.pdb' } },
    { name: 'none', structures: null },
    { name: 'B', structures: { pdb: 'B.pdb' } },
  ];
  const [a, b, ...more] = await readStateStructures({ states, folder } as unknown as StatesFile);
  assert.equal(more.length, 0);
  assert.deepEqual([a.state, b.state, a.bonds.length], ['A', 'B', 42]);
  const spread = [0, 1, 2].map((axis) => {
    const values = a.elements.flatMap((element, i) => (element === 'H' ? [] : [a.positions[3 * i + axis]]));
    return values.reduce((sum, value) => sum + value * value, 0);
  });
  assert.ok(spread[0] > spread[1] && spread[1] > spread[2], spread.join());
  // triple products of three bonds have the same sign as in the file
  const handed = (p: Float64Array): number => {
    const [u, v, w] = [4, 8, 14].map((atom) => [0, 1, 2].map((k) => p[3 * atom + k] - p[k]));
    return (
      u[0] * (v[1] * w[2] - v[2] * w[1]) +
      u[1] * (v[2] * w[0] - v[0] * w[2]) +
      u[2] * (v[0] * w[1] - v[1] * w[0])
    );
  };
  assert.ok(Math.abs(handed(a.positions) - handed(positions)) < 1e-5);
  const shift = [0, 1, 2].map((k) => b.positions[k] - a.positions[k]);
  assert.ok(Math.abs(Math.hypot(...shift) - 0.3) < 1e-3);
  for (let i = 0; i < a.positions.length; i++)
    assert.ok(Math.abs(b.positions[i] - a.positions[i] - shift[i % 3]) < 1e-3);
});
