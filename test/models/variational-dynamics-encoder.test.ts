import assert from 'node:assert/strict';
import { test } from 'node:test';
import { variationalDynamicsEncoder } from '../../src/models/variational-dynamics-encoder.js';
import { linearLoss } from './linear-loss.js';

const architecture = { features: 2, hidden: [], latent: 1, activation: 'tanh' } as const;

test('the loss is the prediction, plus β/d of the divergence, less a times the autocorrelation', () => {
  const options = { beta: 0.4, autocorrelation: 3 };
  const method = variationalDynamicsEncoder.create({ ...architecture, hidden: [] }, options);
  const { number } = linearLoss(method, true);
  const expected = number('prediction') + (0.4 / 2) * number('divergence') - 3 * number('autocorrelation');
  assert.ok(Math.abs(number('total') - expected) < 1e-12);
  assert.ok(Math.abs(number('autocorrelation')) <= 1 && number('divergence') > 0);
});

test('a negative weight is refused, with its name', () => {
  assert.throws(() => variationalDynamicsEncoder.create({ ...architecture, hidden: [] }, { beta: -1 }), {
    code: 'bad-argument',
    message: /beta/,
  });
});
