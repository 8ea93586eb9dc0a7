import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultBandwidth } from '../../src/free-energy/bandwidth.js';
import { freeEnergyProfile, freeEnergySurface } from '../../src/free-energy/free-energy.js';
import { profileBlocks } from '../../src/free-energy/profile-blocks.js';
import { reweight, unbiasedSample } from '../../src/sampling/reweight.js';
import { autoregressive, randomNumbers, vonMises } from './random.js';

const kT = 300 * 8.31446261815324e-3;
const torsion = [-Math.PI, Math.PI] as const;

for (const method of ['kde', 'histogram'] as const) {
  test(`a harmonic well by ${method}: F = kT x²/2 within its error bars`, () => {
    const x = autoregressive(60_000, 0.8, 21);
    const options = { method, range: [-3, 3] as const, points: 61 };
    const { coordinate, energy, error } = freeEnergyProfile(x, unbiasedSample(x.length, 300), options);
    // −kT ln p has its own zero: compare where p is at its best known, relative to the curve's mean offset.
    const inside = [...coordinate.keys()].filter((i) => Math.abs(coordinate[i]) < 2);
    const excess = inside.map((i) => energy[i] - (kT * coordinate[i] ** 2) / 2);
    const offset = excess.reduce((a, b) => a + b, 0) / excess.length;
    const within = inside.filter((i, k) => Math.abs(excess[k] - offset) < 2 * error[i]).length;
    assert.ok(within / inside.length > 0.85, `${within} of ${inside.length}`);
    assert.ok(Math.max(...excess.map((value) => Math.abs(value - offset))) < 0.3);
    assert.equal(Math.min(...energy.filter((value) => !Number.isNaN(value))), 0);
  });
}

test('a biased run gives the free energy without the bias', () => {
  // U/kT = x²/2, bias V/kT = −x: sampled N(1, 1).
  const x = autoregressive(60_000, 0.8, 22).map((value) => value + 1);
  const sample = reweight(
    x.map((value) => -kT * value),
    300,
    { discard: 0 },
  );
  const { coordinate, energy } = freeEnergyProfile(x, sample, { range: [-1.5, 2.5], points: 41 });
  const excess = coordinate.map((value, i) => energy[i] - (kT * value * value) / 2);
  assert.ok(Math.max(...excess) - Math.min(...excess) < 0.6);
  assert.ok(Math.abs(coordinate[energy.indexOf(0)]) < 0.25);
});

test('a periodic coordinate: von Mises around ±π is as good as around 0', () => {
  const random = randomNumbers(4);
  const centred = Float64Array.from({ length: 40_000 }, () => vonMises(2, random));
  const shifted = centred.map((angle) => (angle > 0 ? angle - Math.PI : angle + Math.PI));
  const options = { period: torsion, points: 200, bandwidth: 0.05, blocks: 20 };
  const sample = unbiasedSample(centred.length, 300);
  const middle = freeEnergyProfile(centred, sample, options);
  const edge = freeEnergyProfile(shifted, sample, options);
  middle.coordinate.forEach((angle, i) => {
    const half = (i + 100) % 200;
    assert.ok(Math.abs(edge.energy[half] - middle.energy[i]) < 1e-9, `at ${angle}`);
    assert.ok(Math.abs(edge.error[half] - middle.error[i]) < 1e-9, `at ${angle}`);
    // −ln p = −κ cos φ up to a constant.
    const exact = 2 * kT * (1 - Math.cos(angle));
    assert.ok(Math.abs(middle.energy[i] - exact) < 4 * middle.error[i] + 0.25, `at ${angle}`);
  });
});

test('kernels wider than the period wrap around it more than once: the density is flat', () => {
  const options = { period: torsion, bandwidth: 9, points: 50, blocks: 2 };
  const { energy } = freeEnergyProfile(Float64Array.of(0, 0.1, 0.2, 3), unbiasedSample(4, 300), options);
  assert.ok(energy.every((value) => value < 1e-6));
});

test('where nothing was sampled there is NaN, not zero', () => {
  const x = Float64Array.from({ length: 400 }, (_, i) => (i % 2 ? 5 : -5) + (i % 20) / 20);
  for (const method of ['kde', 'histogram'] as const) {
    const { coordinate, energy, error } = freeEnergyProfile(x, unbiasedSample(400, 300), { method });
    const gap = coordinate.findIndex((value) => Math.abs(value) < 0.1);
    assert.ok(Number.isNaN(energy[gap]) && Number.isNaN(error[gap]));
    assert.ok(energy.some((value) => value === 0));
  }
});

test('a barrier of 15 kT beside a well is not smeared away by the default bandwidth', () => {
  // Flat sampling of [−π, π] with the weights of F = 7.5 kT (1 − cos φ): the bias is its negative.
  const { uniform } = randomNumbers(8);
  const phi = Float64Array.from({ length: 10_000 }, () => (2 * uniform() - 1) * Math.PI);
  const exact = (angle: number) => 7.5 * kT * (1 - Math.cos(angle));
  const sample = reweight(
    phi.map((angle) => -exact(angle)),
    300,
    { discard: 0 },
  );
  const { coordinate, energy } = freeEnergyProfile(phi, sample, { period: torsion });
  coordinate.forEach((angle, i) => {
    assert.ok(
      Math.abs(energy[i] - exact(angle)) < 0.5 * kT,
      `at ${angle}: ${energy[i]} against ${exact(angle)}`,
    );
  });
});

test('a surface over two torsions: the product of two von Mises distributions', () => {
  const random = randomNumbers(14);
  const phi = Float64Array.from({ length: 40_000 }, () => vonMises(1, random));
  const psi = Float64Array.from({ length: 40_000 }, () => vonMises(0.5, random));
  const axis = { period: torsion, points: 20 };
  for (const method of ['kde', 'histogram'] as const) {
    const surface = freeEnergySurface(phi, psi, unbiasedSample(phi.length, 300), {
      x: axis,
      y: axis,
      method,
    });
    assert.equal(surface.energy.length, 400);
    surface.y.forEach((y, j) =>
      surface.x.forEach((x, i) => {
        const exact = kT * (1.5 - Math.cos(x) - 0.5 * Math.cos(y));
        const [energy, error] = [surface.energy[j * 20 + i], surface.error[j * 20 + i]];
        assert.ok(Math.abs(energy - exact) < 5 * error + 0.8, `at ${x} ${y}: ${energy} against ${exact}`);
      }),
    );
  }
});

test("Silverman's rule by hand, kept to 1/150 of the range", () => {
  const x = autoregressive(1000, 0, 2);
  const sample = unbiasedSample(1000, 300);
  const range = Math.max(...x) - Math.min(...x);
  assert.ok(Math.abs(defaultBandwidth(x, sample, 1) - range / 150) < 1e-12);
  // Two tight wells far apart on one side of the quartiles: the interquartile range is what counts.
  const wells = x.map((value, i) => (i < 50 ? 1000 : 0) + value);
  const narrow = defaultBandwidth(wells, sample, 1);
  assert.ok(narrow > 0.9 * 0.8 * 1000 ** -0.2 && narrow < 0.9 * 1.2 * 1000 ** -0.2, String(narrow));
  assert.throws(() => defaultBandwidth(new Float64Array(1000), sample, 1), { code: 'bad-data' });
});

test('slow motion along the coordinate asks for fewer, longer blocks', () => {
  const [fast, slow] = [autoregressive(20_000, 0, 1), autoregressive(20_000, 0.98, 1)];
  const sample = unbiasedSample(20_000, 300);
  assert.ok(profileBlocks(sample, fast) > 3 * profileBlocks(sample, slow));
  assert.ok(profileBlocks(sample, fast, slow) <= profileBlocks(sample, slow));
});

test('a coordinate that is not finite is refused with its frame', () => {
  const x = Float64Array.of(0, 1, 2, NaN, 1, 0);
  assert.throws(() => freeEnergyProfile(x, unbiasedSample(6, 300), { range: [0, 2], bandwidth: 0.5 }), {
    code: 'bad-data',
    message: /frame 3 has NaN/,
  });
});
