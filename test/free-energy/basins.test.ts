import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deltaF, deltaFConvergence } from '../../src/free-energy/basins.js';
import { framesOutside, framesWithin } from '../../src/sampling/intervals.js';
import { runsOf } from '../sampling/runs.js';
import { reweight, unbiasedSample } from '../../src/sampling/reweight.js';
import { autoregressive, standardDeviation } from './random.js';

const kT = 300 * 8.31446261815324e-3;

test('counts in two basins give −kT ln of their ratio', () => {
  const inB = Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0, 0, 0);
  const result = deltaF({ sample: unbiasedSample(10, 300), inB });
  assert.ok(Math.abs(result.value - kT * Math.log(4)) < 1e-12);
  assert.equal(result.probabilityB, 0.2);
});

test('frames between the basins count for neither', () => {
  const inB = Uint8Array.of(1, 0, 0, 0, 1, 0);
  const inA = Uint8Array.of(0, 1, 0, 0, 0, 0);
  assert.ok(Math.abs(deltaF({ sample: unbiasedSample(6, 300), inB, inA }).value + kT * Math.log(2)) < 1e-12);
});

/** P(x > 0.5) of N(−1, 1) is P(z > 1.5) = 0.0668072012688581 (tables of the normal distribution). */
const exact = -kT * Math.log(0.0668072012688581 / (1 - 0.0668072012688581));

/** AR(1) of N(0, 1), reweighted to N(−1, 1) by the bias V = −kT x that had moved it. */
function biasedRun(seed: number, frames = 8000) {
  const x = autoregressive(frames, 0.95, seed);
  const sample = reweight(
    x.map((value) => -kT * value),
    300,
    { discard: 0 },
  );
  return deltaF({ sample, inB: framesWithin(x, [0.5, Infinity]) });
}

test('over 200 biased runs the error bars cover the exact value as often as they should', () => {
  const runs = Array.from({ length: 200 }, (_, seed) => biasedRun(seed));
  const covered = (bars: number) =>
    runs.filter(({ value, error }) => Math.abs(value - exact) < bars * error).length / runs.length;
  const values = runs.map(({ value }) => value);
  const meanError = runs.reduce((sum, { error }) => sum + error, 0) / runs.length;
  assert.ok(Math.abs(covered(1) - 0.68) < 0.1, `covered ${covered(1)}`);
  assert.ok(covered(2) > 0.88, `covered ${covered(2)} by two`);
  assert.ok(Math.abs(meanError / standardDeviation(values) - 1) < 0.15, `error ${meanError}`);
  assert.ok(Math.abs(values.reduce((a, b) => a + b, 0) / values.length - exact) < 0.1);
});

test('four replicas say as much as one run of their length', () => {
  const x = autoregressive(32_000, 0.95, 77);
  const bias = x.map((value, frame) => -kT * value + 50 * Math.floor(frame / 8000));
  const runs = runsOf([0, 8000], [8000, 16_000], [16_000, 24_000], [24_000, 32_000]);
  const sample = reweight(bias, 300, { runs, discard: 0 });
  const result = deltaF({ sample, inB: framesWithin(x, [0.5, Infinity]) });
  assert.ok(Math.abs(result.value - exact) < 3 * result.error);
  assert.ok(result.error < 0.7 * biasedRun(1).error);
  assert.ok(result.reliable, result.warnings.join());
});

test('a basin that was never seen gives no number', () => {
  const result = deltaF({ sample: unbiasedSample(10, 300), inB: new Uint8Array(10) });
  assert.ok(Number.isNaN(result.value) && Number.isNaN(result.error));
  assert.equal(result.reliable, false);
  assert.match(result.warnings[0], /basin B was never visited/);
});

test('a run that crossed once has an error that is called unreliable', () => {
  const noise = autoregressive(4000, 0.5, 9);
  const x = noise.map((value, frame) => (frame < 2600 ? -5 : 5) + value);
  const result = deltaF({ sample: unbiasedSample(4000, 300), inB: framesWithin(x, [0, Infinity]) });
  assert.equal(result.reliable, false);
  assert.ok(result.warnings.length > 0);
});

test('blocks can be set, and the scan is told either way', () => {
  const x = autoregressive(1000, 0.5, 4);
  const result = deltaF({
    sample: unbiasedSample(1000, 300),
    inB: framesWithin(x, [0, Infinity]),
    blocks: 10,
  });
  assert.equal(result.blocks, 10);
  assert.ok(result.scan.length > 10);
  assert.equal(result.scan[0].blocks, 2);
});

test('convergence ends at the final value and starts wide', () => {
  const x = autoregressive(8000, 0.95, 3);
  const question = { sample: unbiasedSample(8000, 300), inB: framesWithin(x, [0.5, Infinity]) };
  const course = deltaFConvergence(question, 10);
  const final = deltaF(question);
  assert.equal(course.at(-1)!.value, final.value);
  assert.equal(course.at(-1)!.error, final.error);
  assert.ok(course[0].error > 1.5 * final.error);
});

test('a mask of another length is refused', () => {
  assert.throws(() => deltaF({ sample: unbiasedSample(5, 300), inB: new Uint8Array(4) }), {
    code: 'bad-argument',
  });
});

test('intervals: open, through the boundary where the lower end is above the upper', () => {
  const phi = Float64Array.of(-3.1, -2, 0, 1, 2.3, 3, NaN);
  assert.deepEqual([...framesWithin(phi, [0, 2.3])], [0, 0, 0, 1, 0, 0, 0]);
  assert.deepEqual([...framesWithin(phi, [2.8, -2.8])], [1, 0, 0, 0, 0, 1, 0]);
  assert.deepEqual([...framesOutside(Uint8Array.of(1, 0))], [0, 1]);
});
