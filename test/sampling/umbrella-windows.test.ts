import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gasConstant, umbrellaWindows } from '../../src/sampling/index.js';

const kT = 300 * gasConstant;
const close = (actual: number, expected: number, within = 1e-6): void =>
  assert.ok(Math.abs(actual - expected) <= within * Math.abs(expected), `${actual} is not ${expected}`);

test('neighbouring windows overlap as wanted', () => {
  // tables of the normal distribution: 2 Φ(−1) = 0.317310508, 2 Φ(−1.959963985) = 0.05
  for (const [overlap, x] of [
    [0.317310508, 1],
    [0.05, 1.959963985],
  ]) {
    const {
      centres,
      kappa,
      width,
      overlap: found,
    } = umbrellaWindows({ from: -1, to: 1, count: 11, overlap, kT });
    assert.equal(centres.length, 11);
    close(centres[1] - centres[0], 0.2);
    close(kappa, (4 * x ** 2 * kT) / 0.2 ** 2);
    close(width, 0.1 / x);
    close(found, overlap);
  }
});

test('two Gaussians drawn by these numbers have that in common', () => {
  const { kappa, overlap } = umbrellaWindows({ from: 0, to: 1, count: 2, overlap: 0.3, kT });
  const density = (s: number, centre: number): number =>
    Math.sqrt(kappa / (2 * Math.PI * kT)) * Math.exp((-0.5 * kappa * (s - centre) ** 2) / kT);
  let common = 0;
  for (let s = -4; s < 5; s += 1e-3) common += 1e-3 * Math.min(density(s, 0), density(s, 1));
  close(common, 0.3, 1e-4);
  close(overlap, 0.3);
});

test('by a spring there are as many windows as the overlap needs', () => {
  const { centres, overlap } = umbrellaWindows({ from: 2, to: 0, overlap: 0.3, kappa: 100, kT });
  assert.ok(overlap >= 0.3);
  const fewer = umbrellaWindows({ from: 2, to: 0, count: centres.length - 1, kappa: 100, kT });
  assert.ok(fewer.overlap < 0.3);
  assert.deepEqual([centres[0], centres.at(-1)], [2, 0]);
  assert.equal(umbrellaWindows({ from: 0, to: 1, kT }).centres.length, 20);
  assert.deepEqual(
    umbrellaWindows({ from: -0.9, to: 0.9, count: 5, kT }).centres,
    [-0.9, -0.45, 0, 0.45, 0.9],
  );
});

test('what makes no windows is refused', () => {
  for (const wrong of [
    { from: 0, to: 0 },
    { from: NaN, to: 1 },
    { from: 0, to: 1, count: 1 },
    { from: 0, to: 1, count: 2.5 },
    { from: 0, to: 1, overlap: 1 },
    { from: 0, to: 1, kappa: -1 },
    { from: 0, to: 1, kappa: 1e9 },
    { from: 0, to: 1, kT: 0 },
  ])
    assert.throws(() => umbrellaWindows({ kT, ...wrong }), { code: 'bad-argument' }, JSON.stringify(wrong));
});
