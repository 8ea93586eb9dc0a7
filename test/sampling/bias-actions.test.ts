import assert from 'node:assert/strict';
import { test } from 'node:test';
import { biasKind, isBiasAction, weighs } from '../../src/sampling/bias-actions.js';

test('by the action, where it is known', () => {
  for (const [action, kind] of [
    ['OPES_METAD', 'weigh'],
    ['UPPER_WALLS', 'bound'],
    ['MOVINGRESTRAINT', 'drive'],
    ['VES_LINEAR_EXPANSION', 'unknown'],
    ['DISTANCE', 'unknown'],
  ])
    assert.equal(biasKind('walls', action), kind, action);
  assert.deepEqual(['METAD', 'EDS', 'DISTANCE'].map(isBiasAction), [true, true, false]);
  assert.deepEqual(['METAD', 'EDS', 'UPPER_WALLS'].map(weighs), [true, false, false]);
});

test('the surface of pesmd is told by its name, or by who knows', () => {
  assert.equal(biasKind('pot', 'BIASVALUE'), 'surface');
  assert.equal(biasKind('b', 'BIASVALUE'), 'weigh');
  assert.equal(biasKind('b', 'BIASVALUE', true), 'surface');
  assert.equal(biasKind('pot', 'RESTRAINT', true), 'weigh');
  // the bias from a committor's gradient is one on a surface, too
  assert.equal(biasKind('kolmogorov', 'BIASVALUE', true), 'weigh');
});

test('without an action by the name of the label', () => {
  assert.deepEqual(
    ['uwall', 'smd', 'mueller', 'opes', 'restraint', 'energy2'].map((label) => biasKind(label, undefined)),
    ['bound', 'drive', 'surface', 'weigh', 'weigh', 'unknown'],
  );
});
