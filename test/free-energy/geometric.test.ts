import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeEnergyProfile } from '../../src/free-energy/free-energy.js';
import { geometricSample } from '../../src/free-energy/geometric.js';
import { reweight, unbiasedSample } from '../../src/sampling/reweight.js';

const kT = 300 * 8.31446261815324e-3;

/** Müller and Brown's surface (1979), in units in which its barrier is some 10 kT. */
function energyAt(x: number, y: number): number {
  const terms = [
    [-200, -1, 0, -10, 1, 0],
    [-100, -1, 0, -10, 0, 0.5],
    [-170, -6.5, 11, -6.5, -0.5, 1.5],
    [15, 0.7, 0.6, 0.7, -1, 1],
  ];
  const sum = terms.reduce((total, [A, a, b, c, x0, y0]) => {
    const [dx, dy] = [x - x0, y - y0];
    return total + A * Math.exp(a * dx * dx + b * dx * dy + c * dy * dy);
  }, 0);
  return 0.1 * sum;
}

/** A grid as frames, that weigh exp(−U): reweight takes a bias of −kT U, since a frame of each point is there. */
const points = Array.from({ length: 700 * 500 }, (_, i) => [
  -1.5 + (2.6 * ((i % 700) + 0.5)) / 700,
  -0.4 + (2.4 * (Math.floor(i / 700) + 0.5)) / 500,
]);
const sample = reweight(
  Float64Array.from(points, ([x, y]) => -kT * energyAt(x, y)),
  300,
  { discard: 0 },
);

test('a monotone function of the coordinate changes the plain free energy, not the geometric one', () => {
  // a coordinate across both minima, its length of gradient, and the same after s -> exp(2 s)
  const of = ([x, y]: number[]): [number, number] => [
    x - 0.7 * y + 0.2 * x * x,
    Math.hypot(1 + 0.4 * x, 0.7),
  ];
  const range = [-1.4, 0.9] as const;
  const first = { range, points: 96, method: 'histogram' } as const;
  const values = Float64Array.from(points, (point) => of(point)[0]);
  const gradients = Float64Array.from(points, (point) => of(point)[1]);
  const bent = values.map((value) => Math.exp(2 * value));
  const bentGradients = gradients.map((gradient, i) => 2 * bent[i] * gradient);

  // the same function at the same places, by quadrature: densities per unit of the coordinate, a bin each
  const profile = freeEnergyProfile(values, geometricSample(sample, gradients), first);
  const density = (each: Float64Array, weights: ArrayLike<number>, low: number, high: number): number =>
    each.reduce((sum, value, i) => (value >= low && value < high ? sum + weights[i] : sum), 0) / (high - low);
  const bentSample = geometricSample(sample, bentGradients);
  const half = (range[1] - range[0]) / 96 / 2;
  const energies = (weights: ArrayLike<number>): number[] =>
    [...profile.coordinate].map((middle) => {
      const ends = [middle - half, middle + half].map((end) => Math.exp(2 * end));
      return -kT * Math.log(density(bent, weights, ends[0], ends[1]));
    });
  const spread = (others: readonly number[], own: ArrayLike<number>): number => {
    const differences = others.map((value, i) => value - own[i]);
    return Math.max(...differences) - Math.min(...differences);
  };
  const changed = spread(energies(bentSample.weights), profile.energy);
  assert.ok(changed < 0.02 * kT, `${changed}`);
  const plain = freeEnergyProfile(values, sample, first);
  // ln f' = 2 s goes over 4.4
  assert.ok(spread(energies(sample.weights), plain.energy) > 4 * kT);
});

test('of a coordinate whose gradient has one length both are the same', () => {
  const x = Float64Array.from(points, ([each]) => each);
  const options = { range: [-1.3, 0.9] as const, points: 50 };
  const plain = freeEnergyProfile(x, sample, options);
  const geometric = freeEnergyProfile(
    x,
    geometricSample(sample, new Float64Array(x.length).fill(3)),
    options,
  );
  plain.energy.forEach((value, i) => assert.ok(Math.abs(value - geometric.energy[i]) < 1e-9));
});

test('gradients that are none are refused', () => {
  const three = unbiasedSample(3, 300);
  assert.throws(() => geometricSample(three, Float64Array.from([1, NaN, 1])), {
    code: 'bad-data',
    message: /frame 2 has NaN/,
  });
  assert.throws(() => geometricSample(three, Float64Array.from([1, -1, 1])), { code: 'bad-data' });
  assert.throws(() => geometricSample(three, Float64Array.from([0, 0, 0])), {
    code: 'bad-data',
    message: /all of them are 0/,
  });
  assert.throws(() => geometricSample(three, Float64Array.from([1, 1])), { code: 'bad-argument' });
});
