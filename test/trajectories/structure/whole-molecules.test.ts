import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStructure, wholeMolecules } from '../../../src/trajectories/index.js';
import { alanine } from '../fixtures.js';

test('a molecule that the box has cut is whole again, in a box with right angles and in a skewed one', async () => {
  const structure = await readStructure(alanine);
  const { positions } = structure.places();
  const atoms = structure.indices(() => true);
  for (const box of [
    [1.5, 0, 0, 0, 1.5, 0, 0, 0, 1.5],
    [1.5, 0, 0, 0.5, 1.5, 0, -0.5, 0.5, 1.3],
  ].map((rows) => Float64Array.from(rows))) {
    // each atom in an image of its own
    const cut = positions.map((value, at) => {
      const [atom, axis] = [Math.floor(at / 3), at % 3];
      return value + [0, 1, 2].reduce((sum, k) => sum + (((atom * (k + 1)) % 3) - 1) * box[3 * k + axis], 0);
    });
    const { positions: whole } = wholeMolecules(structure, { positions: cut, box }, atoms);
    const shift = [0, 1, 2].map((axis) => whole[axis] - positions[axis]);
    whole.forEach((value, at) =>
      assert.ok(Math.abs(value - positions[at] - shift[at % 3]) < 1e-9, String(at)),
    );
  }
});

test('without a box nothing moves', async () => {
  const structure = await readStructure(alanine);
  const { positions } = structure.places();
  const frame = { positions: positions.map((value) => 2 * value), box: undefined };
  assert.deepEqual(
    wholeMolecules(
      structure,
      frame,
      structure.indices(() => true),
    ),
    frame,
  );
});
