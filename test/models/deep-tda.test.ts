import assert from 'node:assert/strict';
import { test } from 'node:test';
import { train } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';
import { column, datasetOf } from './tables.js';
import { crescents, moments, network } from './crescents.js';

test('deep-tda sends each state to its target mean and deviation', async () => {
  const { rows, state } = crescents(4000, 5);
  const data = datasetOf(['x', 'y', 'state'], rows);
  const { cv } = await train(data, { ...network, method: 'deep-tda', latent: 1, epochs: 600, patience: 600 });
  // The CV is scaled to [−1, 1] at the end, so that ratios are what remains: centres 14 apart, deviations 0.2.
  const [a, b] = [moments(column(cv, 1, 0), state, 0), moments(column(cv, 1, 0), state, 1)];
  const gap = Math.abs(b.mean - a.mean);
  for (const { deviation } of [a, b])
    assert.ok(Math.abs(deviation / gap - 0.2 / 14) < 0.006, `deviation ${deviation / gap} of the gap`);
});

test('deep-tda with three states and two CVs puts them on the corners of a triangle', async () => {
  const random = new Random(6);
  const rows = Array.from({ length: 3000 }, (_, i) => [
    (i % 3) + 0.1 * random.normal(),
    (i % 3) ** 2 + 0.1 * random.normal(),
    i % 3,
  ]);
  const state = rows.map(([, , s]) => s);
  const data = datasetOf(['x', 'y', 'state'], rows);
  const { record } = await train(data, { ...network, method: 'deep-tda', latent: 2, epochs: 250 });
  const { mean } = record.curves.parts;
  // Sum over states and CVs of (μ − μ*)², with centres 14 apart.
  assert.ok(mean[record.bestEpoch] < 0.5, `means off by ${mean[record.bestEpoch]}`);
  assert.equal(new Set(state).size, 3);
});
