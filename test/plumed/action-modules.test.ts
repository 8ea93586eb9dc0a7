import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moduleOf, whyUnknown } from '../../src/plumed/action-modules.js';

test('actions of modules that a PLUMED may lack', () => {
  assert.deepEqual(
    ['OPES_METAD', 'ECV_LINEAR', 'Q6', 'LOCAL_Q4', 'FUNNEL_PS', 'ANN', 'METAD', 'Q2'].map((name) =>
      moduleOf(name),
    ),
    ['opes', 'opes', 'symfunc', 'symfunc', 'funnel', 'annfunc', undefined, undefined],
  );
});

test('before 2.10 what is symfunc now was in two', () => {
  assert.equal(moduleOf('COORDINATIONNUMBER', [2, 9, 5]), 'multicolvar');
  assert.equal(moduleOf('Q6', [2, 9, 5]), 'crystallization');
  assert.equal(moduleOf('Q6', [2, 10, 0]), 'symfunc');
});

test('why an action is unknown, where it is not misspelled', () => {
  assert.match(whyUnknown('ONNX_MODEL')!, /LOAD FILE=/);
  assert.match(whyUnknown('OPES_METAD')!, /module opes/);
  assert.equal(whyUnknown('DISTANCES_'), undefined);
});
