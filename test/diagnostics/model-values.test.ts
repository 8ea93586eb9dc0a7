import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { modelValues } from '../../src/diagnostics/model-values.js';
import { constant, input, jacobian, matmul } from '../../src/graph/index.js';
import { dataset, normals } from './synthetic.js';

describe('sensitivities and gradients', () => {
  it('of a linear model are |weight| · σ', async () => {
    const columns = [1, 0.2, 3].map((scale, i) => normals(3000, i + 1).map((value) => scale * value + i));
    const inputs = dataset(['a', 'b', 'c'], columns);
    const x = input('x', ['n', 3]);
    const weight = [0.5, -1, 2, 0.25, -0.1, 0];
    const cv = matmul(x, constant(weight, [3, 2], 'w'));
    const { cv: values, gradient } = await modelValues({ x, cv, jacobian: jacobian(cv, x) }, inputs);
    const [a, b, c] = inputs.data;
    assert.ok(
      Math.abs(values[1] - (-a + 0.25 * b)) < 1e-12 &&
        Math.abs(values[0] - (0.5 * a + 2 * b - 0.1 * c)) < 1e-12,
    );
    const sigma = columns.map((column) => {
      const mean = column.reduce((sum, v) => sum + v, 0) / 3000;
      return Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 3000);
    });
    for (const j of [0, 1]) {
      const parts = sigma.map((s, i) => Math.abs(weight[2 * i + j]) * s);
      parts.forEach((part, i) =>
        assert.ok(Math.abs(gradient.sensitivity[3 * j + i] - part) < 1e-12, `${j} ${i}`),
      );
      assert.ok(Math.abs(gradient.length[2 * 7 + j] - Math.hypot(...parts)) < 1e-12);
    }
  });

  it('take a periodic input by its spread on the circle', async () => {
    const angles = normals(4000, 3)
      .map((value) => Math.PI + 0.3 * value)
      .map((v) => (v > Math.PI ? v - 2 * Math.PI : v));
    const inputs = {
      ...dataset(['phi'], [angles]),
      columns: [{ label: 'phi', period: [-Math.PI, Math.PI] as const }],
    };
    const x = input('x', ['n', 1]);
    const cv = matmul(x, constant([2], [1, 1], 'w'));
    const { gradient } = await modelValues({ x, cv, jacobian: jacobian(cv, x) }, inputs);
    assert.ok(Math.abs(gradient.sensitivity[0] - 0.6) < 0.02, String(gradient.sensitivity[0]));
  });
});
