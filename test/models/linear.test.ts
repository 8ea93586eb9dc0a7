import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EigenvalueDecomposition, Matrix, inverse } from 'ml-matrix';
import { Random } from '../../src/support/random.js';
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

test('tica finds the slow direction of a linear process and its time scale', async () => {
  const random = new Random(7);
  const factors = [0.99, 0.9, 0.5, 0.2];
  const state = factors.map(() => random.normal());
  const slow: number[] = [];
  const rows = Array.from({ length: 40_000 }, () => {
    factors.forEach((a, i) => (state[i] = a * state[i] + Math.sqrt(1 - a * a) * random.normal()));
    slow.push(state[0]);
    return turned(state.map((value, i) => value * (i + 1)));
  });
  const { cv, record } = await train(datasetOf(names, rows), { ...plain, method: 'tica', latent: 2, lag: 5 });
  assert.ok(Math.abs(correlation(column(cv, 2, 0), slow)) > 0.99);
  // Closed form for x' = a·x + noise: autocorrelation a^lag, time scale −1/ln a = 99.5 and 9.5 ps. The standard
  // error of the estimate over N frames is √(2 t/N) of it: 7 % and 2 %.
  assert.ok(Math.abs(record.timescales![0]! / (-1 / Math.log(0.99)) - 1) < 0.2, `${record.timescales![0]}`);
  assert.ok(Math.abs(record.timescales![1]! / (-1 / Math.log(0.9)) - 1) < 0.08, `${record.timescales![1]}`);
});

for (const within of ['arithmetic', 'harmonic'] as const) {
  test(`lda (${within}) finds the direction S_w⁻¹ (μ₂ − μ₁) of two Gaussians`, async () => {
    const random = new Random(9);
    const spread = [
      [1, 0.3, 2],
      [0.2, 1.5, 1],
    ];
    const centre = [
      [0, 0, 0],
      [1, 1, 0.5],
    ];
    const rows = Array.from({ length: 20_000 }, (_, frame) => {
      const state = frame % 2;
      return [...centre[state].map((c, i) => c + spread[state][i] * random.normal()), state];
    });
    const options = {
      method: 'lda',
      latent: 1,
      labels: 'state',
      methodOptions: { within },
      scaling: 'each',
    } as const;
    const { cv } = await train(datasetOf(['x', 'y', 'z', 'state'], rows), { ...options, spread: 0 });
    // Closed form: the covariances are diagonal.
    const within2 = spread[0].map((s, i) => {
      const [a, b] = [s ** 2, spread[1][i] ** 2];
      return within === 'arithmetic' ? (a + b) / 2 : 2 / (1 / a + 1 / b);
    });
    const direction = centre[1].map((c, i) => c / within2[i]);
    const expected = rows.map((row) => direction.reduce((sum, d, i) => sum + d * row[i], 0));
    assert.ok(Math.abs(correlation(cv, expected)) > 0.998, `${correlation(cv, expected)}`);
  });
}

test('lda of three states gives the eigenvectors of S_w⁻¹ S_b in their order, and no more than two', async () => {
  const random = new Random(10);
  const centre = [
    [0, 0, 0],
    [4, 0, 0],
    [0, 1.5, 0],
  ];
  const rows = Array.from({ length: 9000 }, (_, frame) => {
    const state = frame % 3;
    return [...centre[state].map((c) => c + 0.5 * random.normal()), state];
  });
  const data = datasetOf(['x', 'y', 'z', 'state'], rows);
  const options = {
    method: 'lda',
    labels: 'state',
    spread: 0,
    methodOptions: { within: 'arithmetic' },
  } as const;
  const { cv } = await train(data, { ...options, latent: 2 });
  // S_w is 0.25·1, so the directions are the eigenvectors of S_b, worked out here by another route.
  const mean = [4 / 3, 0.5];
  const between = Matrix.zeros(2, 2);
  for (const [x, y] of centre) {
    const shift = Matrix.columnVector([x - mean[0], y - mean[1]]);
    between.add(shift.mmul(shift.transpose()).div(3));
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(between);
  const order = realEigenvalues[0] > realEigenvalues[1] ? [0, 1] : [1, 0];
  order.forEach((eigen, j) => {
    const [vx, vy] = eigenvectorMatrix.getColumn(eigen);
    const along = rows.map(([x, y]) => vx * x + vy * y);
    assert.ok(Math.abs(correlation(column(cv, 2, j), along)) > 0.99, `direction ${j}`);
  });
  await assert.rejects(
    train(data, { ...options, latent: 3 }),
    /expected at most 2 CVs for lda .* received 3/,
  );
});
