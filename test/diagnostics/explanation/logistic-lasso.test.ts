import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LogisticLasso } from '../../../src/diagnostics/explanation/index.js';
import { packageRoot } from '../../../src/support/folders.js';

interface Fits {
  fits: { penalty: number; intercept: number; coefficients: number[] }[];
}

const frames = 240;
const fractions = (step: number): Float64Array =>
  Float64Array.from({ length: frames }, (_, i) => ((step * (i + 1)) % 1) - 0.5);

const scaled = (values: Float64Array): Float64Array => {
  const mean = values.reduce((sum, value) => sum + value / frames, 0);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / frames, 0));
  return values.map((value) => (value - mean) / deviation);
};

/** The frames of test/fixtures/logistic_lasso.py. */
function problem(): [Float64Array[], Float64Array, Float64Array] {
  const [a, b, c, d] = [0.6180339887, 0.7548776662, 0.569840291, 0.8191725134].map(fractions);
  const noise = fractions(0.3819660113);
  const inside = a.map((value, i) => (2 * value + c[i] - 0.8 * d[i] + 0.5 * noise[i] > 0.2 ? 1 : 0));
  const within = inside.reduce((sum, side) => sum + side, 0);
  const columns = [a, b, c, d, a.map((value, i) => value + 0.3 * b[i])].map(scaled);
  return [columns, inside, inside.map((side) => 0.5 / (side === 1 ? within : frames - within))];
}

test('coefficients along the path are those of scikit-learn', () => {
  const path = join(packageRoot(), 'test', 'fixtures', 'logistic-lasso.json');
  const { fits } = JSON.parse(readFileSync(path, 'utf8')) as Fits;
  const lasso = new LogisticLasso(...problem());
  for (const { penalty, intercept, coefficients } of fits) {
    const found = lasso.fit(penalty);
    const received = [found.intercept, ...coefficients.map((_, i) => found.coefficients.get(i) ?? 0)];
    [intercept, ...coefficients].forEach((expected, i) =>
      assert.ok(Math.abs(received[i] - expected) < 1e-6, `${penalty}: ${received.join(' ')}`),
    );
  }
});

test('above the largest penalty nothing is chosen, below it the column with the largest slope', () => {
  const lasso = new LogisticLasso(...problem());
  const largest = lasso.largestPenalty();
  assert.equal(lasso.fit(largest * 1.0001).coefficients.size, 0);
  assert.deepEqual([...lasso.fit(largest * 0.99).coefficients.keys()], [0]);
});

test('a fit does not depend on the one before it', () => {
  const [columns, inside, weights] = problem();
  const path = new LogisticLasso(columns, inside, weights);
  for (const penalty of [0.2, 0.05, 0.004]) path.fit(penalty);
  const [there, alone] = [path, new LogisticLasso(columns, inside, weights)].map((lasso) => lasso.fit(0.02));
  for (const [column, value] of alone.coefficients)
    assert.ok(Math.abs(there.coefficients.get(column)! - value) < 1e-7);
  assert.equal(there.coefficients.size, alone.coefficients.size);
});

test('one side alone, and a penalty that is none, are refused', () => {
  const [columns, inside, weights] = problem();
  const refused = { code: 'bad-argument' };
  assert.throws(() => new LogisticLasso(columns, inside.fill(1), weights), refused);
  assert.throws(() => new LogisticLasso(...problem()).fit(0), refused);
});
