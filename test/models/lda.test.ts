import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { Random } from '../../src/support/random.js';
import { train } from '../../src/training/index.js';
import { column, correlation, datasetOf } from './tables.js';

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
