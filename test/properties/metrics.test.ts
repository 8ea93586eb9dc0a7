import assert from 'node:assert/strict';
import { test } from 'node:test';
import { propertyMetrics } from '../../src/properties/index.js';

const close = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-12, `${a}, not ${b}`);

test('R², MAE, RMSE and MAE beside an educated guess, of rows that have both numbers', () => {
  // errors 1, −1, 2, 0 of 1, 2, 3, 6: mean 3, Σ (y − 3)² = 14; median 2.5, Σ |y − 2.5| = 6
  const metrics = propertyMetrics([1, 2, NaN, 3, 6, 5], [2, 1, 4, 5, 6, NaN])!;
  assert.equal(metrics.rows, 4);
  close(metrics.r2, 1 - 6 / 14);
  close(metrics.mae, 1);
  close(metrics.rmse, Math.sqrt(1.5));
  close(metrics.maeOverGuess, 4 / 6);
});

test('of one row there is nothing to tell', () => {
  assert.equal(propertyMetrics([1, NaN], [1, 2]), undefined);
});
