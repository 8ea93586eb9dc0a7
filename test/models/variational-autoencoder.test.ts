import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, input, type Tensor } from '../../src/graph/index.js';
import { methods } from '../../src/models/index.js';
import { Random } from '../../src/support/random.js';
import { explainsCurve } from './curve.js';

test('the loss of the variational autoencoder is its terms, with the noise it is given', () => {
  const method = methods['variational-autoencoder'].create(
    { features: 3, hidden: [4], latent: 1, activation: 'tanh' },
    { beta: 0.6 },
  );
  const random = new Random(8);
  const draw = (shape: number[]): { shape: number[]; data: Float64Array } => ({
    shape,
    data: Float64Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal()),
  });
  const parameters = new Map(method.parameters.map((p) => [p.name, input(p.name, p.shape)] as const));
  const batch = { now: input('now', [5, 3]), noise: input('noise', [5, 1]) };
  const { total, parts } = method.loss(parameters, batch);
  const feeds = Object.fromEntries([
    ['now', draw([5, 3])] as const,
    ['noise', draw([5, 1])] as const,
    ...method.parameters.map((p) => [p.name, draw(p.shape)] as const),
  ]);
  const outputs: Record<string, Tensor> = { total, ...parts };
  const values = evaluate(outputs, feeds);
  const [reconstruction, divergence] = [values.reconstruction.data[0], values.divergence.data[0]];
  assert.ok(Math.abs(values.total.data[0] - (reconstruction + (0.6 / 3) * divergence)) < 1e-12);
  // the noise moves the reconstruction and not the divergence
  feeds.noise.data.fill(0);
  const still = evaluate(outputs, feeds);
  assert.equal(still.divergence.data[0], divergence);
  assert.notEqual(still.reconstruction.data[0], reconstruction);
});

test('variational-autoencoder: one latent explains a curve', () => explainsCurve('variational-autoencoder'));
