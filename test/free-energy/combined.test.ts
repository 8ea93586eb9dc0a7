import assert from 'node:assert/strict';
import { test } from 'node:test';
import { combinedDeltaFs, type NamedDeltaF } from '../../src/free-energy/index.js';

const estimate = (source: string, value: number | null, error: number | null) => ({
  source,
  deltaFs: [{ from: 'A', to: 'B', value, error } as NamedDeltaF],
});

test('estimates that agree are weighted by the inverse of their variances', () => {
  const [{ value, error, reason, agreement }] = combinedDeltaFs([
    estimate('windows', 10, 0.5),
    estimate('opes', 11, 1),
  ]);
  // (10/0.25 + 11/1)/(1/0.25 + 1) and 1/√5
  assert.ok(Math.abs(value! - 10.2) < 1e-12);
  assert.ok(Math.abs(error! - 1 / Math.sqrt(5)) < 1e-12);
  assert.equal(reason, null);
  assert.ok(Math.abs(agreement!.chiSquared - 0.8) < 1e-12);
});

test('those that do not are told with χ² and are no one number', () => {
  const [{ value, error, reason, estimates }] = combinedDeltaFs([
    estimate('windows', 10, 0.2),
    estimate('opes', 12, 0.3),
  ]);
  assert.deepEqual([value, error], [null, null]);
  assert.match(reason!, /differ by more than their errors explain \(χ² = 30\.8 for 2, p < 1e-6\)/);
  assert.deepEqual(
    estimates.map(({ source }) => source),
    ['windows', 'opes'],
  );
});

test('an estimate without an error has nothing to be weighted by', () => {
  const [{ value, reason }] = combinedDeltaFs([estimate('windows', 10, 0.2), estimate('opes', 12, null)]);
  assert.equal(value, null);
  assert.match(reason!, /1 of 2 estimates have an error/);
});
