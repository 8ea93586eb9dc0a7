import assert from 'node:assert/strict';
import { test } from 'node:test';
import { train } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';
import { rescaledPairs, rescaledTimeCover } from '../../src/sampling/rescaled-time.js';
import { samplesOf } from '../../src/training/data/split/index.js';
import { impliedTimescale, laggedCovariances, slowDirections } from '../../src/models/index.js';
import { tableOf, withColumns } from '../training/data.js';
import { latticeOf, slowestFunction, walks } from '../training/lattice.js';

test('with equal weights, pairs are those a lag apart', () => {
  const { now, later, weight } = rescaledPairs({ start: 10, end: 20 }, 3, new Float64Array(30).fill(1));
  assert.deepEqual(now, [10, 11, 12, 13, 14, 15, 16]);
  assert.deepEqual(later, [13, 14, 15, 16, 17, 18, 19]);
  for (const part of weight) assert.ok(Math.abs(part - 1) < 1e-12);
});

test('pairs weigh as long as one frame, a lag on, overlaps the other', () => {
  // frames last 1, 2, 0, 4 and end at 1, 3, 3, 7; shifted by 2 they end at 3, 5, 5, 9
  const { now, later, weight } = rescaledPairs({ start: 0, end: 4 }, 2, Float64Array.of(1, 2, 0, 4));
  assert.deepEqual(
    [now, later, weight],
    [
      [0, 1, 3],
      [1, 3, 3],
      [1, 2, 2],
    ],
  );
});

/**
 * A molecule that jumps between two states with rates k01 and k10 (per ps), biased within the states by V (in kT): the
 * rates out of a state are exp(V) times as large, and rescaled time gives back the unbiased ones exactly (Voter 1997,
 * doi:10.1103/PhysRevLett.78.3908). The unbiased relaxation time is 1/(k01 + k10) = 80 ps, the biased one 2.5 ps.
 */
const [k01, k10] = [0.01, 0.0025];
const bias = [3, 4.4];
const kT = 8.31446261815324e-3 * 300;
const exact = 1 / (k01 + k10);

function biasedJumps(frames: number, spacing: number): { state: Float64Array; energy: Float64Array } {
  const random = new Random(11);
  const leave = [k01, k10].map((rate, s) => rate * Math.exp(bias[s]) * spacing);
  const state = new Float64Array(frames);
  let now = 0;
  for (let i = 0; i < frames; i++) {
    state[i] = now;
    if (random.uniform() < leave[now]) now = 1 - now;
  }
  return { state, energy: state.map((s) => kT * bias[s]) };
}

test('a biased jump process: the unbiased relaxation time, from pairs in rescaled time', () => {
  const [frames, spacing, lag] = [400_000, 0.05, 40];
  const { state, energy } = biasedJumps(frames, spacing);
  const raw = energy.map((v) => Math.exp(v / kT));
  const timescale = (reweightedTime: boolean, weights: Float64Array, lagFrames: number): number => {
    const samples = samplesOf([{ start: 0, end: frames }], { lag: lagFrames, weights, reweightedTime });
    const { eigenvalues } = slowDirections(laggedCovariances(state, 1, samples));
    return impliedTimescale(eigenvalues[0], lagFrames * spacing);
  };
  const found = timescale(true, raw, lag / spacing);
  // 400,000 frames, 20 ns, hold about 2,000 round trips, so that rates are known to 1/√2000, 2.2 percent
  assert.ok(Math.abs(found - exact) < 0.06 * exact, `${found} ps but exactly ${exact}`);
  const biased = timescale(false, new Float64Array(frames).fill(1), 2 / spacing);
  const exactBiased = 1 / (k01 * Math.exp(bias[0]) + k10 * Math.exp(bias[1]));
  assert.ok(Math.abs(biased - exactBiased) < 0.06 * exactBiased, `${biased} ps but exactly ${exactBiased}`);
});

test('training in reweighted time reports the time scale of the unbiased system', async () => {
  const frames = 40_000;
  const { state, energy } = biasedJumps(frames, 0.25);
  const random = new Random(5);
  const data = new Float64Array(3 * frames).map((_, i) =>
    i % 3 === 0 ? state[Math.floor(i / 3)] + random.uniform(-0.1, 0.1) : random.uniform(-1, 1),
  );
  const plain = tableOf([{ label: 'a' }, { label: 'b' }, { label: 'c' }], data);
  const table = withColumns({ ...plain, time: plain.time.map((t) => t / 4) }, { v: energy });
  const options = {
    hidden: [8],
    latent: 1,
    epochs: 12,
    batch: 512,
    learningRate: 0.01,
    lag: 1,
    bias: ['v'],
    temperature: 300,
  };
  const { record } = await train(table, { ...options, reweightedTime: true });
  assert.ok(
    Math.abs(record.timescales![0]! - exact) < 0.15 * exact,
    `${record.timescales![0]} ps, exactly ${exact}`,
  );
  await assert.rejects(train(table, { ...options, bias: [], reweightedTime: true }), {
    message: /weights or a bias for reweighted time/,
  });
});

/** Three wells; the barrier on the left is the higher one. The bias fills the left well up to
 * 2.2 kT below its barrier, and touches neither barrier. */
const sites = Array.from({ length: 61 }, (_, i) => (i - 30) / 10);
const energy = (x: number): number => (x < 0 ? 2.4 : 2.1) * (1 - Math.cos(Math.PI * x));
const filling = (x: number): number => (x < -1 && x > -3 ? Math.max(0, 2.6 - energy(x)) : 0);

test('three wells of which a bias turns the order of slowness around: reweighted time finds the unbiased slow function', () => {
  const unbiased = latticeOf(sites, energy, 8);
  const biased = latticeOf(sites, (x) => energy(x) + filling(x), 8);
  const [slow, slowBiased] = [unbiased, biased].map((lattice) => slowestFunction(lattice));
  const steps = (x: number): number[] => [Math.tanh(4 * (x + 1)), Math.tanh(4 * (x - 1))];
  const [frames, lag] = [500_000, 50];
  const dataset = walks(biased, 30, { count: 1, length: frames, seed: 1 });
  const at = Array.from({ length: frames }, (_, i) => dataset.data[2 * i]);
  const table = Float64Array.from(at.flatMap(steps));
  const weights = Float64Array.from(at, (x) => Math.exp(filling(x)));
  const found = (reweightedTime: boolean): { values: number[]; timescale: number } => {
    const own = reweightedTime ? { weights, reweightedTime } : {};
    const samples = samplesOf([{ start: 0, end: frames }], { lag, ...own });
    const { directions, eigenvalues } = slowDirections(laggedCovariances(table, 2, samples));
    const [a, b] = directions.getColumn(0);
    const values = sites.map((x) => a * steps(x)[0] + b * steps(x)[1]);
    return { values, timescale: impliedTimescale(eigenvalues[0], lag) };
  };
  const [rescaled, plain] = [found(true), found(false)];
  const parts = [rescaled, slow, plain, slowBiased].map(({ values }) => leftStep(values));
  const like = correlation(unbiased.equilibrium, rescaled.values, slow.values);
  assert.ok(like > 0.99, `correlation ${like}`);
  assert.ok(Math.abs(parts[0] - parts[1]) < 0.1, `${parts[0]} of the step on the left, exactly ${parts[1]}`);
  assert.ok(
    Math.abs(parts[2] - parts[3]) < 0.1 && parts[2] < parts[1] - 0.25,
    `${parts[2]} in biased frames`,
  );
  // 500,000 frames hold some 150 crossings: rates are known to 8 percent
  assert.ok(Math.abs(rescaled.timescale - slow.timescale) < 0.2 * slow.timescale);
  assert.ok(Math.abs(plain.timescale - slowBiased.timescale) < 0.2 * slowBiased.timescale);
});

/** Part of a function's way from the left well to the right one that it goes at the left barrier. */
function leftStep(values: number[]): number {
  const [left, middle, right] = [10, 30, 50].map((site) => values[site]);
  return (middle - left) / (right - left);
}

/** Magnitude of the correlation of two functions of the sites in equilibrium. */
function correlation(equilibrium: number[], a: number[], b: number[]): number {
  const mean = (values: number[]): number =>
    values.reduce((sum, value, i) => sum + equilibrium[i] * value, 0);
  const about = (p: number[], q: number[]): number =>
    mean(p.map((value, i) => value * q[i])) - mean(p) * mean(q);
  return Math.abs(about(a, b)) / Math.sqrt(about(a, a) * about(b, b));
}

test('what reweighted time covers: its part in pairs, pairs within a frame, halves that weigh otherwise', () => {
  const runs = [
    { start: 0, end: 4, source: 'a' },
    { start: 4, end: 8, source: 'b' },
  ];
  const even = rescaledTimeCover(runs, 1, new Float64Array(8).fill(1));
  assert.deepEqual(even, { kept: 6 / 8, within: 0, drift: { source: 'a', log: 0 } });
  // the second frame of b lasts 5: 4 of its pairs at a lag of 1 are with itself
  const uneven = rescaledTimeCover(runs, 1, Float64Array.of(1, 1, 1, 1, 1, 5, 1, 1));
  assert.ok(Math.abs(uneven.kept - 10 / 12) < 1e-12 && Math.abs(uneven.within - 0.4) < 1e-12);
  assert.deepEqual(uneven.drift, { source: 'b', log: Math.log(2 / 6) });
});
