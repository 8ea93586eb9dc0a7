import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vampAutoencoder } from '../../src/models/vamp-autoencoder.js';
import { linearLoss, meanSquares } from './linear-loss.js';

test('the loss is the mean squared error of the frame itself less the squared autocorrelation of the latent', () => {
  const method = vampAutoencoder.create({ features: 2, hidden: [], latent: 1, activation: 'tanh' });
  const { number, rows, latent, decoded, feeds } = linearLoss(method);
  const now = rows(feeds.now);
  const error = meanSquares(
    now.map((row) => decoded(latent(row))),
    now,
  );
  // of one latent VAMP-2 is (C_τ/C_0)², symmetric in time, about the mean of both ends; the ridge is 1e-6
  const [a, b] = [now, rows(feeds.later)].map((list) => list.map(latent));
  const mean = [...a, ...b].reduce((sum, z) => sum + z / 10, 0);
  const lagged = a.reduce((sum, z, i) => sum + (z - mean) * (b[i] - mean), 0) / 5;
  const variance = [...a, ...b].reduce((sum, z) => sum + (z - mean) ** 2 / 10, 0);
  assert.ok(Math.abs(number('reconstruction') - error) < 1e-12);
  assert.ok(Math.abs(number('vamp2') - (lagged / variance) ** 2) < 1e-4, `${number('vamp2')}`);
  assert.equal(number('total'), number('reconstruction') - number('vamp2'));
});
