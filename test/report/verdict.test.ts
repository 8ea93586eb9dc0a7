import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../src/report/index.js';

const well = {
  deltaF: 9.4,
  error: 0.3,
  reference: 9.97,
  referenceError: 0.23,
  transitions: 367,
  wantedTransitions: 150,
  nanoseconds: 5,
};

test('within two standard errors of the reference with many transitions is good, and says why', () => {
  const { level, headline, findings } = judge({
    ...well,
    wantedError: 0.4,
    held: ['2 replicas agree: χ² = 0.5, p = 0.48.'],
    notChecked: ['whether the bias is quasi-static'],
  });
  assert.equal(level, 'good');
  assert.equal(headline, 'All 4 checks made here hold');
  assert.deepEqual(findings, [
    'ΔF is 0.57 kJ/mol below the reference 9.97 ± 0.23 kJ/mol: 1.5 combined standard errors.',
    'Its standard error is 0.30 kJ/mol (at most 0.4 wanted).',
    '367 transitions between the states in 5 ns (at least 150 wanted).',
    '2 replicas agree: χ² = 0.5, p = 0.48.',
    'Not checked: whether the bias is quasi-static.',
  ]);
});

test('findings are in the units given', () => {
  assert.deepEqual(judge(well, { energy: 'kT', time: 'thousand time units' }).findings, [
    'ΔF is 0.57 kT below the reference 9.97 ± 0.23 kT: 1.5 combined standard errors.',
    '367 transitions between the states in 5 thousand time units (at least 150 wanted).',
  ]);
});

test('the length of a run is rounded for people', () => {
  // 0.1 + 0.2 is 0.30000000000000004.
  assert.match(judge({ ...well, nanoseconds: 0.1 + 0.2 }).findings[1], / in 0\.3 ns /);
});

test('the right number by luck is not good: few transitions, or an error that is large or cannot be trusted', () => {
  assert.equal(judge({ ...well, transitions: 38 }).level, 'caution');
  assert.equal(judge({ ...well, transitions: 4 }).level, 'bad');
  assert.equal(judge({ ...well, error: 0.5, wantedError: 0.4 }).level, 'caution');
  const doubtful = judge({ ...well, warnings: ['2 of 8 blocks never visited one of the states'] });
  assert.equal(doubtful.level, 'caution');
  assert.match(doubtful.findings.at(-1)!, /2 of 8 blocks never visited/);
});

test('between two and three combined standard errors: caution; beyond: bad, however near it is', () => {
  assert.equal(judge({ ...well, deltaF: 9.0 }).level, 'caution'); // 0.97 / 0.378 = 2.6
  assert.equal(judge({ ...well, deltaF: 8.6 }).level, 'bad'); // 3.6
  assert.equal(judge({ ...well, deltaF: 9.5, error: 0.05, referenceError: 0 }).level, 'bad');
});

test('no number, or none with an error, is bad and says why; no reference is judged by the rest', () => {
  const reason = 'not determined: 2 transitions in the analysed frames';
  const verdict = judge({ deltaF: 13.2, error: null, reason });
  assert.equal(verdict.level, 'bad');
  assert.deepEqual(verdict.findings, [`ΔF is ${reason}.`]);
  assert.equal(judge({ deltaF: null, error: null, reason }).level, 'bad');
  assert.equal(judge({ deltaF: 3, error: 0.1, transitions: 10 }).level, 'good');
  assert.equal(judge({ deltaF: 3, error: 0.1, transitions: 0 }).level, 'bad');
});
