import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactDeltaF, exactProfile } from '../../src/free-energy/quadrature.js';

const square = { x: [-8, 8], y: [-8, 8] } as const;

test('two Gaussian wells of known depth and width: ΔF = depth − kT ln of the widths', () => {
  const kT = 1;
  const well = (x: number, y: number, width: number) => Math.exp(-(x * x + y * y) / (2 * width * width));
  const potential = (x: number, y: number) => -kT * Math.log(well(x + 4, y, 0.5) + 0.1 * well(x - 4, y, 0.7));
  const value = exactDeltaF(potential, square, kT, (x) => x > 0);
  // ∫ of a 2D Gaussian is 2π σ²: ΔF = −ln(0.1 · 0.49 / 0.25).
  assert.ok(Math.abs(value + Math.log((0.1 * 0.49) / 0.25)) < 1e-7, String(value));
});

test('core sets leave the rest out', () => {
  const flat = () => 0;
  const value = exactDeltaF(
    flat,
    { x: [0, 4], y: [0, 1], points: 400 },
    2,
    (x) => x > 3,
    (x) => x < 2,
  );
  // Rounding of sums over 80,000 points is all that stands between the two.
  assert.ok(Math.abs(value - 2 * Math.log(2)) < 1e-10, String(value - 2 * Math.log(2)));
});

test('the profile of a tilted harmonic well is its own parabola', () => {
  const { coordinate, energy } = exactProfile(
    (x, y) => 2 * (x - 1) ** 2 + 3 * (y - x) ** 2,
    square,
    1.5,
    'x',
  );
  coordinate.forEach((x, i) => {
    if (Math.abs(x) > 4) return;
    // Minimum 0 lies on a grid point next to x = 1, at most half a spacing away.
    assert.ok(Math.abs(energy[i] - 2 * (x - 1) ** 2) < 2 * 0.016 ** 2, `${x}: ${energy[i]}`);
  });
});

test('a potential that is not finite is refused', () => {
  assert.throws(
    () =>
      exactDeltaF(
        () => NaN,
        square,
        1,
        () => true,
      ),
    { code: 'bad-data' },
  );
  assert.throws(
    () =>
      exactDeltaF(
        () => 0,
        square,
        0,
        () => true,
      ),
    { code: 'bad-argument' },
  );
});
