import assert from 'node:assert/strict';
import { test } from 'node:test';
import { biasDrift, differingStaticBiases } from '../../src/free-energy/bias-course.js';
import { reweight } from '../../src/sampling/reweight.js';
import { runsOf } from '../sampling/runs.js';
import { randomNumbers } from './random.js';

const kT = 300 * 8.31446261815324e-3;
const frames = 8000;

const positions = (seed: number, centre = 0, width = 1): Float64Array => {
  const { uniform } = randomNumbers(seed);
  return Float64Array.from({ length: frames }, () => centre + width * (2 * uniform() - 1));
};

/** V(x, frame) of one run. */
const drift = (x: Float64Array, bias: (x: number, frame: number) => number): number =>
  biasDrift(x, reweight(x.map(bias), 300, { discard: 0 })).rms;

test('a static bias along the CV does not drift, but for the width of bins', () => {
  const x = positions(100);
  assert.ok(drift(x, (at) => 5 * at * at) < 0.1);
});

test('a bias that only moved up weighs the same, and does not drift', () => {
  const x = positions(101);
  assert.ok(drift(x, (at, frame) => at + (frame < frames / 2 ? 0 : 30)) < 0.1);
});

test('a bias that tilts drifts by the tilt: 6 x from half to half has 6/√3 over [−1, 1]', () => {
  const x = positions(102);
  const found = drift(x, (at, frame) => (frame < frames / 2 ? 0 : 6 * at));
  assert.ok(Math.abs(found - 6 / Math.sqrt(3)) < 0.1, `${found}`);
});

test('of several runs the one that drifts most is told', () => {
  const x = Float64Array.from([...positions(103), ...positions(104)]);
  const bias = x.map((at, frame) => (frame > 1.5 * frames ? 4 * at : 0));
  const sample = reweight(bias, 300, { discard: 0, runs: runsOf([0, frames], [frames, 2 * frames]) });
  const { rms, runs } = biasDrift(x, sample);
  assert.ok(runs[0].rms < 1e-9);
  assert.ok(Math.abs(rms - 4 / Math.sqrt(3)) < 0.1 && rms === runs[1].rms);
});

test('a bias along two CVs is looked at along both: where the second one moves on, that is no drift', () => {
  const many = (seed: number): number[] => [0, 1, 2, 3, 4].flatMap((part) => [...positions(seed + part)]);
  const x = Float64Array.from(many(109));
  const first = (frame: number): boolean => frame < x.length / 2;
  // where the first half leaves it the second one goes on
  const y = Float64Array.from(many(119), (at, frame) => 0.75 * at + (first(frame) ? -0.25 : 0.25));
  const sample = reweight(
    x.map((at, frame) => 5 * at * at + 8 * y[frame]),
    300,
    { discard: 0 },
  );
  assert.ok(biasDrift([x, y], sample).rms < 0.2);
  assert.ok(biasDrift([y, x], sample).rms < 0.2);
  const tilted = reweight(
    x.map((at, frame) => 8 * y[frame] + (first(frame) ? 0 : 6 * at)),
    300,
    { discard: 0 },
  );
  assert.ok(Math.abs(biasDrift([x, y], tilted).rms - 6 / Math.sqrt(3)) < 0.1);
});

/** Two runs with a bias each. */
function two(x: Float64Array[], bias: ((x: number, frame: number) => number)[]) {
  const all = Float64Array.from(x.flatMap((part) => Array.from(part)));
  const values = Float64Array.from(x.flatMap((part, i) => Array.from(part, bias[i])));
  const sample = reweight(values, 300, { discard: 0, runs: runsOf([0, frames], [frames, 2 * frames]) });
  return differingStaticBiases(all, sample);
}

test('umbrella windows are static and differ, whether they overlap or not', () => {
  const window = (centre: number) => (at: number) => 40 * (at - centre) ** 2;
  assert.ok(two([positions(105, 0, 0.4), positions(106, 0.4, 0.4)], [window(0), window(0.4)]));
  assert.ok(two([positions(107, 0, 0.3), positions(108, 2, 0.3)], [window(0), window(2)]));
});

test('one static bias in two runs, or two that were built as they ran, are none of that', () => {
  const well = (at: number): number => 5 * at * at;
  assert.equal(two([positions(109), positions(110)], [well, (at) => well(at) + 50]), undefined);
  const built = (scale: number) => (at: number, frame: number) =>
    scale * at * at * (1 + (frame % frames) / frames);
  assert.equal(two([positions(111), positions(112)], [built(2 * kT), built(4 * kT)]), undefined);
});
