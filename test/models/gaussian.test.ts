import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, input } from '../../src/graph/index.js';
import { gaussianDivergence } from '../../src/models/gaussian.js';

test('the divergence of a Gaussian from the prior is its integral', () => {
  const cases = [
    [0, 0],
    [0.7, -1],
    [-1.5, 0.8],
  ];
  const [mean, logVariance] = [input('m', [1, 1]), input('v', [1, 1])];
  for (const [m, v] of cases) {
    const feeds = { m: { shape: [1, 1], data: [m] }, v: { shape: [1, 1], data: [v] } };
    const { kl } = evaluate({ kl: gaussianDivergence({ mean, logVariance }) }, feeds);
    assert.ok(Math.abs(kl.data[0] - divergenceByQuadrature(m, Math.exp(v / 2))) < 1e-8, `${m}, ${v}`);
  }
});

/** ∫ q ln(q/p) by the trapezoidal rule over ±12 deviations. */
function divergenceByQuadrature(mean: number, deviation: number): number {
  const logNormal = (z: number, m: number, s: number): number =>
    -0.5 * ((z - m) / s) ** 2 - Math.log(s) - 0.5 * Math.log(2 * Math.PI);
  const points = 4000;
  const width = (24 * deviation) / points;
  return Array.from({ length: points + 1 }, (_, i) => mean - 12 * deviation + i * width).reduce((sum, z) => {
    const q = logNormal(z, mean, deviation);
    return sum + Math.exp(q) * (q - logNormal(z, 0, 1)) * width;
  }, 0);
}
