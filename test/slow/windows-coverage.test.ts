import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coverageOf, inWords } from '../free-energy/windows/harmonic-basins.js';

test('errors of windows with frames correlated over 19 hold the exact ΔF and profile as often as they say', (t) => {
  const coverage = coverageOf(200, 500, 0.9);
  t.diagnostic(inWords(coverage));
  assert.ok(coverage.found.every(({ error }) => error !== null));
  for (const [one, two] of [coverage.deltaF, coverage.profile]) {
    assert.ok(one >= 0.61 && one <= 0.76, inWords(coverage));
    assert.ok(two >= 0.91 && two <= 0.99, inWords(coverage));
  }
});
