import assert from 'node:assert/strict';
import { test } from 'node:test';
import { biasWeights, effectiveSampleSize, reweight, unbiasedSample } from '../../src/sampling/reweight.js';
import type { Numbers } from '../../src/sampling/numbers.js';
import { gasConstant, temperatureOf, thermalEnergy } from '../../src/sampling/thermal.js';
import { randomNumbers } from '../free-energy/random.js';
import { runsOf } from './runs.js';

const kT = 300 * 8.31446261815324e-3;
const sum = (values: Numbers) => Array.from(values).reduce((a, b) => a + b, 0);

test('kT at 300 K is 2.494339 kJ/mol, and back', () => {
  assert.ok(Math.abs(thermalEnergy(300) - 2.4943387854) < 1e-9);
  assert.equal(temperatureOf(1), 1 / gasConstant);
  assert.throws(() => thermalEnergy(0), { code: 'bad-argument' });
});

test('weights are exp(V/kT), normalised', () => {
  const weights = biasWeights(Float64Array.of(0, kT * Math.log(2), kT * Math.log(5)), 300);
  assert.deepEqual(
    Array.from(weights, (weight) => Number(weight.toFixed(12))),
    [0.125, 0.25, 0.625],
  );
});

test('a bias of thousands of kT neither overflows nor loses its differences', () => {
  const weights = biasWeights(Float64Array.of(1e5, 1e5 + kT * Math.log(3)), 300);
  assert.ok(Math.abs(weights[1] / weights[0] - 3) < 1e-9);
  assert.ok(Math.abs(sum(weights) - 1) < 1e-15);
});

test('independent replicas get the weight of their frames whatever zero their bias has', () => {
  const bias = Float64Array.of(0, 0, 0, 70, 70 + kT * Math.log(3));
  const runs = runsOf([0, 3], [3, 5]);
  const independent = biasWeights(bias, 300, { runs });
  assert.ok(Math.abs(sum(independent.subarray(0, 3)) - 0.6) < 1e-12);
  assert.ok(Math.abs(independent[4] / independent[3] - 3) < 1e-9);
  const shared = biasWeights(bias, 300, { runs, replicas: 'shared' });
  assert.ok(sum(shared.subarray(0, 3)) < 1e-11);
});

test('the initial fraction of every replica is left out', () => {
  const runs = runsOf([0, 10], [10, 30]);
  const sample = reweight(new Float64Array(30), 300, { runs, discard: 0.25 });
  assert.deepEqual(sample.ranges, [
    { start: 2, end: 10 },
    { start: 15, end: 30 },
  ]);
  assert.equal(sample.weights[1], 0);
  assert.equal(sample.weights[14], 0);
  assert.ok(Math.abs(sample.effectiveSize - 23) < 1e-9);
});

test("Kish's effective sample size", () => {
  assert.equal(effectiveSampleSize([1, 1, 1, 1]), 4);
  assert.equal(effectiveSampleSize([1, 0, 0]), 1);
  assert.ok(Math.abs(effectiveSampleSize([3, 1]) - 1.6) < 1e-15);
  assert.equal(effectiveSampleSize([]), 0);
});

test('samples of a shifted Gaussian, reweighted, have the moments of the one that was not biased', () => {
  // Unbiased N(0, 1); the bias V = −kT x turns it into N(1, 1).
  const { normal } = randomNumbers(11);
  const x = Float64Array.from({ length: 200_000 }, () => 1 + normal());
  const { weights, effectiveSize } = reweight(
    x.map((value) => -kT * value),
    300,
    { discard: 0 },
  );
  const moment = (power: number) => x.reduce((total, value, i) => total + weights[i] * value ** power, 0);
  // Kish: n / E[w²]·E[w]² = n / e for these weights; standard errors follow from it.
  assert.ok(Math.abs(effectiveSize / x.length - Math.exp(-1)) < 0.02);
  assert.ok(Math.abs(moment(1)) < 4 / Math.sqrt(effectiveSize));
  assert.ok(Math.abs(moment(2) - 1) < 4 * Math.sqrt(2 / effectiveSize));
});

test('what cannot be weighed is refused with the frame', () => {
  assert.throws(() => biasWeights(Float64Array.of(1, NaN), 300), {
    code: 'bad-data',
    message: /frame 1 has NaN/,
  });
  assert.throws(() => unbiasedSample(5, 300, { runs: runsOf([0, 6]) }), { code: 'bad-argument' });
  assert.throws(() => unbiasedSample(5, 300, { runs: [] }), { code: 'bad-argument' });
  assert.throws(() => unbiasedSample(5, 300, { discard: 1 }), { code: 'bad-argument' });
});

test('weights can take the place of the bias', () => {
  const bias = Float32Array.from({ length: 40 }, (_, i) => Math.sin(i));
  const runs = runsOf([3, 10], [12, 30]);
  const apart = biasWeights(bias, 300, { runs });
  const inPlace = biasWeights(Float32Array.from(bias), 300, { runs, overwrite: true });
  assert.deepEqual(inPlace, apart);
});
