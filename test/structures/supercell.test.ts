import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestImage, supercell, volumeOf, widthsOf } from '../../src/structures/supercell.js';
import { cubic } from './fixtures.js';

const oblique = Float64Array.of(0.3, 0, 0, 0.15, 0.26, 0, 0.15, 0.087, 0.245);

test('widths are volumes over faces', () => {
  assert.ok(Math.abs(volumeOf(oblique) - 0.3 * 0.26 * 0.245) < 1e-15);
  assert.ok(Math.abs(widthsOf(oblique)[2] - 0.245) < 1e-12);
});

test('copies of an atom stand together, shifted by whole vectors', () => {
  const { elements, positions, cell } = supercell(
    cubic(0.5, [
      ['Cs', 0, 0, 0],
      ['Cl', 0.5, 0.5, 0.5],
    ]),
    [2, 1, 1],
  );
  assert.deepEqual(elements, ['Cs', 'Cs', 'Cl', 'Cl']);
  assert.deepEqual([...positions], [0, 0, 0, 0.5, 0, 0, 0.25, 0.25, 0.25, 0.75, 0.25, 0.25]);
  assert.deepEqual([...cell!.subarray(0, 3)], [1, 0, 0]);
});

test('atoms of neighbouring cells in one place are in one place', () => {
  const [x, y, z] = nearestImage(oblique)([0.45, 0.26, 0]);
  assert.ok(Math.hypot(x, y, z) < 1e-12);
});
