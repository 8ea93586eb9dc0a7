import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestImage, repeatsFor, supercell, volumeOf, widthsOf } from '../../src/structures/supercell.js';
import { cubic } from './fixtures.js';

const oblique = Float64Array.of(0.3, 0, 0, 0.15, 0.26, 0, 0.15, 0.087, 0.245);

test('widths are volumes over faces, and cells repeat until they are twice as wide as the reach', () => {
  assert.ok(Math.abs(volumeOf(oblique) - 0.3 * 0.26 * 0.245) < 1e-15);
  assert.ok(Math.abs(widthsOf(oblique)[2] - 0.245) < 1e-12);
  assert.deepEqual(repeatsFor(cubic(0.4, []).cell!, 0.4), [3, 3, 3]);
  assert.deepEqual(repeatsFor(cubic(0.4, []).cell!, 0.19), [1, 1, 1]);
  for (const [i, count] of repeatsFor(oblique, 0.7).entries()) assert.ok(count * widthsOf(oblique)[i] >= 1.4);
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

test('too large ones are refused, with what lengths are in', () => {
  assert.throws(() => supercell(cubic(0.4, [['Fe', 0, 0, 0]]), [40, 40, 40]), {
    code: 'bad-argument',
    message: /would take 64000 cells of 1 atoms/,
    hint: /in nm/,
  });
});

test('atoms of neighbouring cells in one place are in one place', () => {
  const [x, y, z] = nearestImage(oblique)([0.45, 0.26, 0]);
  assert.ok(Math.hypot(x, y, z) < 1e-12);
});
