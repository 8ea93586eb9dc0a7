import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../src/report/index.js';

const well = {
  deltaF: 9.4,
  error: 0.5,
  reference: 9.97,
  referenceError: 0.23,
  transitions: 367,
  wantedTransitions: 150,
  nanoseconds: 5,
};

test('near the reference with many transitions is good, and says why', () => {
  const { level, findings } = judge(well);
  assert.equal(level, 'good');
  assert.deepEqual(findings, [
    'ΔF is 0.57 kJ/mol below the reference 9.97 ± 0.23 kJ/mol, within the 1.5 kJ/mol asked for.',
    '367 transitions between the states in 5 ns (at least 150 wanted).',
  ]);
});

test('findings are in the units given', () => {
  assert.deepEqual(judge(well, { energy: 'kT', time: 'thousand time units' }).findings, [
    'ΔF is 0.57 kT below the reference 9.97 ± 0.23 kT, within the 1.5 kT asked for.',
    '367 transitions between the states in 5 thousand time units (at least 150 wanted).',
  ]);
});

test('the length of a run is rounded for people', () => {
  // 0.1 + 0.2 is 0.30000000000000004.
  assert.match(judge({ ...well, nanoseconds: 0.1 + 0.2 }).findings[1], / in 0\.3 ns /);
});

test('the right number by luck is not good: few transitions, or an error that cannot be trusted', () => {
  assert.equal(judge({ ...well, transitions: 38 }).level, 'caution');
  assert.equal(judge({ ...well, transitions: 4 }).level, 'bad');
  const doubtful = judge({ ...well, warnings: ['2 of 8 blocks never visited one of the basins'] });
  assert.equal(doubtful.level, 'caution');
  assert.match(doubtful.findings.at(-1)!, /2 of 8 blocks never visited/);
});

test('beyond the tolerance: caution where the error bars explain it, bad where they do not', () => {
  assert.equal(judge({ ...well, deltaF: 7.9, error: 1.2 }).level, 'caution');
  assert.equal(judge({ ...well, deltaF: 7.9, error: 0.3 }).level, 'bad');
  assert.equal(judge({ ...well, deltaF: 7.9, error: 0.3, tolerance: 3 }).level, 'good');
});

test('no number is bad; no reference is judged by the rest', () => {
  assert.equal(judge({ deltaF: NaN, error: NaN, warnings: ['basin B was never visited'] }).level, 'bad');
  assert.equal(judge({ deltaF: 3, error: 0.1, transitions: 10 }).level, 'good');
  assert.equal(judge({ deltaF: 3, error: 0.1, transitions: 0 }).level, 'bad');
});
