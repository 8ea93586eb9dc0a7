import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeEnergyProfile, freeEnergySurface } from '../../src/free-energy/free-energy.js';
import { reweight, unbiasedSample } from '../../src/sampling/reweight.js';
import { thermalEnergy } from '../../src/sampling/thermal.js';
import { doubleWell, temperature } from './double-well.js';
import { autoregressive, randomNumbers } from './random.js';

const kT = thermalEnergy(temperature);

/** f exp(−m²/2), f and m from the frames themselves: what a local fit far from any wall is. */
function direct(place: number, x: Float64Array, weights: ArrayLike<number>, h: number): number {
  let [sum, first] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const t = (x[i] - place) / h;
    const part = weights[i] * Math.exp(-0.5 * t * t);
    sum += part;
    first += t * part;
  }
  return -kT * (Math.log(sum / h / Math.sqrt(2 * Math.PI)) - 0.5 * (first / sum) ** 2);
}

test('frames on a fine grid give what sums over the frames give, to 1e-3 kJ/mol over 15 kT', () => {
  const { x, bias } = doubleWell(7);
  const sample = reweight(bias, temperature, { discard: 0 });
  const { coordinate, energy, lowest, bandwidth } = freeEnergyProfile(x, sample, { blocks: 10 });
  let [compared, highest] = [0, 0];
  coordinate.forEach((place, i) => {
    if (Number.isNaN(energy[i]) || energy[i] > 15 * kT) return;
    const wanted = direct(place, x, sample.weights, bandwidth);
    assert.ok(Math.abs(energy[i] + lowest - wanted) < 1e-3, `at ${place}: ${energy[i] + lowest}, ${wanted}`);
    compared++;
    highest = Math.max(highest, energy[i]);
  });
  assert.ok(compared > 150 && highest > 10 * kT, `${compared} points up to ${highest}`);
});

test('the error is that of sums block by block, by hand', () => {
  const x = autoregressive(600, 0.8, 3);
  const { weights } = unbiasedSample(600, temperature);
  const options = { method: 'histogram', range: [-1, 1], points: 4, blocks: 6 } as const;
  const { error } = freeEnergyProfile(x, unbiasedSample(600, temperature), options);
  for (let bin = 0; bin < 4; bin++) {
    const [low, high] = [-1 + bin / 2, -0.5 + bin / 2];
    const parts = Array.from({ length: 6 }, (_, block) =>
      x
        .subarray(100 * block, 100 * (block + 1))
        .reduce((sum, value, i) => sum + (value >= low && value < high ? weights[i] : 0), 0),
    );
    const whole = parts.reduce((a, b) => a + b, 0);
    const squares = parts.reduce((sum, part) => sum + (part / whole - 1 / 6) ** 2, 0);
    assert.ok(Math.abs(error[bin] - kT * Math.sqrt((squares * 6) / 5)) < 1e-9);
  }
});

/** Draws of exp(−d/0.3), d ≥ 0: F = kT d/0.3 + kT ln 0.3. */
function atHardWall(seed: number, count: number): Float64Array {
  const { uniform } = randomNumbers(seed);
  return Float64Array.from({ length: count }, () => -0.3 * Math.log(1 - uniform()));
}

test('kernels at a hard wall are right within their errors, up to the wall', () => {
  let [points, one, two] = [0, 0, 0];
  for (let seed = 1; seed <= 40; seed++) {
    const x = atHardWall(seed, 5000);
    const { coordinate, energy, error, lowest } = freeEnergyProfile(x, unbiasedSample(5000, temperature));
    coordinate.subarray(0, 6).forEach((d, i) => {
      const deviation = Math.abs(energy[i] + lowest - kT * (d / 0.3 + Math.log(0.3)));
      points++;
      if (deviation < error[i]) one++;
      if (deviation < 2 * error[i]) two++;
      assert.ok(error[i] < 0.35, `error ${error[i]} at ${d}`);
    });
  }
  assert.ok(one / points > 0.55, `${one} of ${points} within 1 σ`);
  assert.ok(two / points > 0.91, `${two} of ${points} within 2 σ`);
});

test('40,000 draws at a hard wall: the minimum is at the wall, to 0.1 kJ/mol', () => {
  // Ordinary kernels, unbounded: 1.17 kJ/mol above the minimum there, with an error of 0.04.
  const x = atHardWall(1, 40_000);
  const { coordinate, energy, lowest, error } = freeEnergyProfile(x, unbiasedSample(40_000, temperature));
  assert.ok(coordinate[0] < 1e-4);
  for (const i of [0, 1, 2, 5, 10]) {
    const exact = kT * (coordinate[i] / 0.3 + Math.log(0.3));
    assert.ok(Math.abs(energy[i] + lowest - exact) < Math.max(0.1, 3 * error[i]), `at ${coordinate[i]}`);
  }
});

test('a density that kernels cannot follow, d^(−1/2) at a wall, has errors that say so', () => {
  let [points, two] = [0, 0];
  for (let seed = 1; seed <= 20; seed++) {
    const { uniform } = randomNumbers(seed);
    const x = Float64Array.from({ length: 5000 }, () => uniform() ** 2);
    const { coordinate, energy, error, lowest } = freeEnergyProfile(x, unbiasedSample(5000, temperature));
    // At the wall itself the density is infinite.
    for (let i = 1; i < 6; i++) {
      points++;
      const exact = kT * Math.log(2 * Math.sqrt(coordinate[i]));
      if (Math.abs(energy[i] + lowest - exact) < 2 * error[i]) two++;
    }
  }
  // With a third of the difference, as elsewhere, 55 of 100.
  assert.ok(two / points > 0.85, `${two} of ${points} within 2 σ`);
});

test('walls at both ends and on one axis of a surface: a flat density stays flat', () => {
  const { uniform } = randomNumbers(12);
  const x = Float64Array.from({ length: 20_000 }, uniform);
  const sample = unbiasedSample(x.length, temperature);
  const { energy, error, lowest } = freeEnergyProfile(x, sample);
  // ln 1 = 0 everywhere.
  energy.forEach((value, i) => assert.ok(Math.abs(value + lowest) < 5 * error[i], `point ${i}`));
  const y = Float64Array.from({ length: 20_000 }, () => 2 * Math.PI * (uniform() - 0.5));
  const surface = freeEnergySurface(x, y, sample, {
    x: { points: 11 },
    y: { period: [-Math.PI, Math.PI], points: 10 },
    bandwidth: [0.08, 0.6],
  });
  surface.energy.forEach((value, i) => {
    const excess = value + surface.lowest - kT * Math.log(2 * Math.PI);
    assert.ok(Math.abs(excess) < 4.5 * surface.error[i] + 0.02, `cell ${i}: ${excess} ± ${surface.error[i]}`);
  });
});

test('outside of what was sampled nothing is given, inside the grid is where it is asked for', () => {
  const x = autoregressive(4000, 0.5, 9);
  const { coordinate, energy } = freeEnergyProfile(x, unbiasedSample(4000, temperature), {
    range: [0, 12],
    points: 121,
  });
  const top = x.reduce((a, b) => Math.max(a, b));
  coordinate.forEach((place, i) => assert.ok(place < 2 ? !Number.isNaN(energy[i]) : true, `at ${place}`));
  assert.ok(coordinate.every((place, i) => place <= top || Number.isNaN(energy[i])));
  const nowhere = freeEnergyProfile(x, unbiasedSample(4000, temperature), { range: [50, 60] });
  assert.ok(nowhere.energy.every(Number.isNaN) && Number.isNaN(nowhere.lowest));
});

test('a place that one block alone has seen has an energy, but no error', () => {
  const x = autoregressive(1000, 0, 5).map((value, i) => (i < 40 ? 20 : 0) + value);
  for (const method of ['kde', 'histogram'] as const) {
    const { coordinate, energy, error } = freeEnergyProfile(x, unbiasedSample(1000, temperature), {
      method,
      blocks: 10,
      range: [-4, 24],
      points: 57,
      bandwidth: 0.5,
    });
    const at = (place: number) => coordinate.findIndex((value) => Math.abs(value - place) < 0.3);
    assert.ok(Number.isFinite(energy[at(20)]) && Number.isNaN(error[at(20)]));
    assert.ok(Number.isFinite(error[at(0)]));
  }
});

test('single precision gives the same profile', () => {
  const { x, bias } = doubleWell(3);
  const options = { range: [-1.4, 1.4], points: 50, blocks: 10, bandwidth: 0.05 } as const;
  const double = freeEnergyProfile(x, reweight(bias, temperature), options);
  const single = freeEnergyProfile(
    Float32Array.from(x),
    reweight(Float32Array.from(bias), temperature),
    options,
  );
  double.energy.forEach((value, i) => {
    assert.ok(Math.abs(value - single.energy[i]) < 1e-3);
    assert.ok(Math.abs(double.error[i] - single.error[i]) < 1e-3);
  });
});

test('more runs than blocks are wanted: whole runs go together', () => {
  const x = autoregressive(3000, 0, 6);
  const runs = Array.from({ length: 1000 }, (_, i) => ({
    source: `${i}`,
    ranges: [{ start: 3 * i, end: 3 * i + 3 }],
  }));
  const { blocks, error } = freeEnergyProfile(x, unbiasedSample(3000, temperature, { runs }));
  assert.ok(blocks <= 400 && blocks > 100, `${blocks} blocks`);
  assert.ok(error.some((value) => value > 0 && value < 1));
});

test('a bandwidth that no grid could hold is refused', () => {
  const x = autoregressive(100, 0, 1);
  for (const bandwidth of [0, NaN, 1e-9]) {
    assert.throws(() => freeEnergyProfile(x, unbiasedSample(100, 300), { bandwidth, blocks: 5 }), {
      code: 'bad-argument',
    });
  }
});
