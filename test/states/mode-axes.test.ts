import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellOf, difference, middleOf, modeAxis } from '../../src/states/mode-axes.js';

const values = new Float64Array(0);

test('cells of a column from its lowest to its highest value', () => {
  const axis = modeAxis({ label: 'x', values }, 0.5, [1, 3], 2);
  assert.deepEqual([axis.lower, axis.cell], [1, 0.25]);
  assert.deepEqual(
    [0.9, 1, 1.3, 3, 5].map((value) => cellOf(axis, value)),
    [0, 0, 1, 8, 8],
  );
  assert.equal(middleOf(axis, 1), 1.375);
  // of three columns a cell is as wide as a kernel
  assert.equal(modeAxis({ label: 'x', values }, 0.5, [1, 3], 3).cell, 0.5);
  assert.ok(modeAxis({ label: 'x', values }, 1e-9, [0, 1], 1).cells <= 1000);
});

test('cells of a periodic column fill its domain and go around it', () => {
  const axis = modeAxis({ label: 'phi', values, period: [-180, 180] }, 14, [-20, 20], 1);
  assert.equal(axis.cells * axis.cell, 360);
  assert.equal(cellOf(axis, -180), 0);
  assert.equal(cellOf(axis, 180), 0);
  assert.equal(cellOf(axis, 179.9), axis.cells - 1);
  assert.equal(cellOf(axis, -180.1), axis.cells - 1);
});

test('differences go the shorter way round', () => {
  assert.equal(difference(undefined, 1, 7), 6);
  assert.equal(difference([-180, 180], 170, -170), 20);
  assert.equal(difference([-180, 180], -170, 170), -20);
});
