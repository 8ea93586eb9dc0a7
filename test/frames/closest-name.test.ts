import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closestName, shortList } from '../../src/frames/index.js';

test('a mistyped name finds what was meant, a foreign one nothing', () => {
  assert.equal(closestName('ph1', ['psi', 'phi', 'd1']), 'phi');
  assert.equal(closestName('PHI', ['psi', 'phi']), 'phi');
  assert.equal(closestName('node0', ['node-0', 'node-1']), 'node-0');
  assert.equal(closestName('energy', ['phi', 'psi']), undefined);
  assert.equal(closestName('x', []), undefined);
});

test('long lists are cut short', () => {
  assert.equal(shortList(['a', 'b']), 'a, b');
  assert.equal(shortList(['a', 'b', 'c', 'd'], 2), 'a, b and 2 more');
  assert.equal(shortList(['a', 'b', 'c'], 2), 'a, b, c');
});
