import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeLaggedAutoencoder } from '../../src/models/time-lagged-autoencoder.js';
import { linearLoss, meanSquares } from './linear-loss.js';

test('the loss is the mean squared error of the frame one lag on, told from the latent of the present one', () => {
  const method = timeLaggedAutoencoder.create({ features: 2, hidden: [], latent: 1, activation: 'tanh' });
  const { number, rows, latent, decoded, feeds } = linearLoss(method);
  const told = rows(feeds.now).map((row) => decoded(latent(row)));
  assert.ok(Math.abs(number('total') - meanSquares(told, rows(feeds.later))) < 1e-12);
  assert.ok(Math.abs(number('total') - meanSquares(told, rows(feeds.now))) > 1e-3);
});
