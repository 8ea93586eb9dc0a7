import assert from 'node:assert/strict';
import { test } from 'node:test';
import { impliedTimescale, laggedCovariances, slowDirections } from '../../src/models/slow-directions.js';
import { trainEncoder } from '../../src/training/train.js';
import { hiddenJumps, withColumns } from '../training/data.js';
import { linearSystem } from './linear-system.js';

test('an eigenvalue of 1, or above it by round-off, has no time scale', () => {
  for (const eigenvalue of [1, 1 + 1e-13, 1 - 1e-13])
    assert.ok(Number.isNaN(impliedTimescale(eigenvalue, 10)));
  assert.equal(impliedTimescale(-0.1, 10), 0);
  assert.ok(Math.abs(impliedTimescale(Math.exp(-0.1), 10) - 100) < 1e-9);
});

test('a column that is constant within each trajectory has no time scale in the record of its model', async () => {
  const { dataset } = hiddenJumps(2000);
  const walker = Float64Array.from({ length: 2000 }, (_, i) => Number(i >= 1000));
  const segments = [
    { start: 0, end: 1000, source: 'a' },
    { start: 1000, end: 2000, source: 'b' },
  ];
  const table = { ...withColumns(dataset, { walker }), segments };
  const { record } = await trainEncoder(table, { method: 'tica', lag: 5, latent: 2 });
  assert.ok(Math.abs(record.eigenvalues![0] - 1) < 1e-9, String(record.eigenvalues![0]));
  assert.equal(record.timescales![0], null);
  assert.ok(record.timescales![1]! > 0);
});

test('the lagged eigenvalues of a linear system are its factors', () => {
  const data = linearSystem(40_000, [0.9, 0.5]);
  const starts = Int32Array.from({ length: 39_999 }, (_, i) => i);
  const pairs = { now: starts, later: starts.map((frame) => frame + 1) };
  const { eigenvalues } = slowDirections(laggedCovariances(data, 2, pairs));
  // Closed form: autocorrelation a at lag 1; the standard error is at most √((1−a²)/N) ≈ 0.005.
  assert.ok(Math.abs(eigenvalues[0] - 0.9) < 0.015);
  assert.ok(Math.abs(eigenvalues[1] - 0.5) < 0.015);
});
