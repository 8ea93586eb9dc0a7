import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Matrix, inverse } from 'ml-matrix';
import { train, type TrainOptions } from '../../src/training/index.js';
import { column, correlation, datasetOf, gaussianRows, turned } from './tables.js';

const names = ['a', 'b', 'c', 'd'];

const plain = { scaling: 'common', spread: 0 } as const;

test('pca finds the axes of a Gaussian and explains their part of the variance', async () => {
  const deviations = [3, 2, 0.5, 0.3];
  const rows = gaussianRows(deviations, 20_000, 1);
  const { cv, record, network } = await train(datasetOf(names, rows), { ...plain, method: 'pca', latent: 2 });
  assert.equal(network, '4-2 linear');
  // The axes are the images of the unit vectors under the rotation the rows were turned by.
  const axes = [0, 1].map((axis) => turned(deviations.map((_, i) => (i === axis ? 1 : 0))));
  axes.forEach((axis, j) => {
    const along = rows.map((row) => row.reduce((sum, value, i) => sum + value * axis[i], 0));
    assert.ok(Math.abs(correlation(column(cv, 2, j), along)) > 0.999, `axis ${j}`);
  });
  const exact = (9 + 4) / (9 + 4 + 0.25 + 0.09);
  assert.ok(
    Math.abs(record.fractionOfVarianceExplained! - exact) < 0.003,
    `${record.fractionOfVarianceExplained}`,
  );
});

test('a linear autoencoder spans the subspace of pca (Baldi & Hornik 1989)', async () => {
  const rows = gaussianRows([3, 2, 0.5, 0.3], 4000, 2);
  const data = datasetOf(names, rows);
  const linear: TrainOptions = { ...plain, method: 'autoencoder', hidden: [], weightDecay: 0 };
  const trained = await train(data, { ...linear, epochs: 400, learningRate: 0.01, batch: 256 });
  const exact = await train(data, { ...plain, method: 'pca' });
  const difference = trained.record.fractionOfVarianceExplained! - exact.record.fractionOfVarianceExplained!;
  assert.ok(Math.abs(difference) < 1e-3, `variance explained differs by ${difference}`);
  // Each of the autoencoder's CVs is a linear combination of those of pca: the regression leaves nothing.
  for (const j of [0, 1]) assert.ok(residual(column(trained.cv, 2, j), exact.cv) < 0.01, `CV ${j}`);
});

/** Part of the variance of y that a linear function of the two columns of x does not explain. */
function residual(y: Float64Array, x: Float64Array): number {
  const design = new Matrix(Array.from(y, (_, i) => [1, x[2 * i], x[2 * i + 1]]));
  const target = Matrix.columnVector(Array.from(y));
  const normal = inverse(design.transpose().mmul(design)).mmul(design.transpose().mmul(target));
  const left = target.clone().sub(design.mmul(normal));
  const mean = target.mean();
  const power = (m: Matrix, shift: number): number =>
    m.to1DArray().reduce((sum, v) => sum + (v - shift) ** 2, 0);
  return power(left, 0) / power(target, mean);
}
