import assert from 'node:assert/strict';
import { test } from 'node:test';
import { energyDecimals } from '../../src/sampling/index.js';

test('energies have two decimals, and in natural units so many that a hundredth of kT shows', () => {
  assert.equal(energyDecimals(2.49, false), 2);
  assert.equal(energyDecimals(0.01, false), 2);
  assert.equal(energyDecimals(1, true), 2);
  assert.equal(energyDecimals(40, true), 2);
  assert.equal(energyDecimals(0.1, true), 3);
  assert.equal(energyDecimals(0.003, true), 5);
});
