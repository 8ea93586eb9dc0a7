import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coverageOf, inWords } from './harmonic-basins.js';

// 200 repeats know 68 % to 3.3; what takes longer stands in test/slow/windows-coverage.test.ts.

test('errors of windows with 30 uncorrelated frames each hold the exact ΔF and profile as often as they say', (t) => {
  const coverage = coverageOf(200, 30, 0);
  t.diagnostic(inWords(coverage));
  assert.ok(coverage.found.every(({ error }) => error !== null));
  for (const [one, two] of [coverage.deltaF, coverage.profile]) {
    assert.ok(one >= 0.61 && one <= 0.76, inWords(coverage));
    assert.ok(two >= 0.91 && two <= 0.99, inWords(coverage));
  }
});

test('so do those of correlated frames, in 30 repeats', (t) => {
  const coverage = coverageOf(30, 300, 0.9);
  t.diagnostic(inWords(coverage));
  // 30 repeats know 68 % to 8.5: three times that
  for (const [one] of [coverage.deltaF, coverage.profile])
    assert.ok(one > 0.43 && one < 0.93, inWords(coverage));
  assert.ok(coverage.ratio > 0.68 && coverage.ratio < 1.4, inWords(coverage));
});
