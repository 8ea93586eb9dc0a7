import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  stateSensitivityLines,
  tellingLines,
} from '../../../../src/cli/words/models/describe-explanation.js';
import type { Diagnostics } from '../../../../src/diagnostics/index.js';

const step = (inputs: number[], accuracy: number) => ({
  ...{ inputs, accuracy, penalty: 0.1 },
  coefficients: inputs.map(() => 1),
});

const diagnostics = {
  inputs: ['d_5_7', 'phi', 'idle'],
  inputAtoms: [
    [
      { serial: 5, name: 'ACE 1 C' },
      { serial: 7, name: 'ALA 2 N' },
    ],
    [{ serial: 9 }],
    [],
  ],
  explanation: {
    states: [
      { name: 'A', frames: 100 },
      { name: 'B', frames: 200 },
      { name: 'C', frames: 300 },
    ],
    from: 'the labels of the training',
    tooFew: ['D'],
    sensitivity: [1, 0.5, 2, 0.1].map((strength) => [{ strength, share: [0.6, 0.395, 0.005] }]),
    told: [{ state: 1, steps: [step([1], 0.91), step([1, 0], 0.985), step([1, 0, 2], 0.99)], enough: 1 }],
  },
} as unknown as Diagnostics;

test('inputs are told by their atoms’ names, those that hardly count are left out', () => {
  assert.deepEqual(stateSensitivityLines(diagnostics, 0).slice(1, 3), [
    '      A, 0.50 of its usual slope: d_5_7 (ACE 1 C, ALA 2 N) 60 %, phi 40 %',
    '      B, 2.00 of its usual slope: d_5_7 (ACE 1 C, ALA 2 N) 60 %, phi 40 %',
  ]);
});

test('the path is told one step beyond what is enough', () => {
  const [, states, few, , ...path] = tellingLines(diagnostics);
  assert.equal(
    states,
    '  states by the labels of the training: A (100 frames), B (200 frames), C (300 frames)',
  );
  assert.match(few, /too few frames: D$/);
  assert.deepEqual(path, [
    '    B against all others',
    '       91.0 %  phi',
    '       98.5 %  phi, d_5_7 (ACE 1 C, ALA 2 N)  ← enough',
    '       99.0 %  phi, d_5_7 (ACE 1 C, ALA 2 N), idle',
  ]);
});

test('without known states nothing is told', () => {
  const without = { ...diagnostics };
  delete without.explanation;
  assert.deepEqual([stateSensitivityLines(without, 0), tellingLines(without)], [[], []]);
});
