import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantityOf } from '../../src/report/index.js';

const periods: Record<string, readonly [number, number]> = {
  phi: [-Math.PI, Math.PI],
  'psi-2': [-Math.PI, Math.PI],
  'cv.angle': [-Math.PI, Math.PI],
  z: [0, 5],
};
const run = { period: (column: string) => periods[column] };

test('what has a period of 2π is an angle in rad, phi and psi by their letters', () => {
  assert.deepEqual(quantityOf(run, 'phi'), { label: 'φ', unit: 'rad', domain: periods.phi });
  assert.deepEqual(quantityOf(run, 'psi-2').label, 'ψ-2');
  assert.deepEqual(quantityOf(run, 'cv.angle', 'nm'), {
    label: 'cv.angle',
    unit: 'rad',
    domain: periods['cv.angle'],
  });
});

test('other columns have the unit that is known of them, and keep their names', () => {
  assert.deepEqual(quantityOf(run, 'z', 'nm'), { label: 'z', unit: 'nm', domain: [0, 5] });
  assert.deepEqual(quantityOf(run, 'phi_of_box'), { label: 'phi_of_box' });
});
