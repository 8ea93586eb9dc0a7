import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closestName } from '../../src/support/closest-name.js';

test('a mistyped name finds what was meant, a foreign one nothing', () => {
  assert.equal(closestName('ph1', ['psi', 'phi', 'd1']), 'phi');
  assert.equal(closestName('PHI', ['psi', 'phi']), 'phi');
  assert.equal(closestName('node0', ['node-0', 'node-1']), 'node-0');
  assert.equal(closestName('energy', ['phi', 'psi']), undefined);
  assert.equal(closestName('x', []), undefined);
});
