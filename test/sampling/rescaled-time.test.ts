import assert from 'node:assert/strict';
import { test } from 'node:test';
import { train } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';
import { rescaledPairs } from '../../src/sampling/rescaled-time.js';
import { samplesOf } from '../../src/training/data/samples.js';
import { impliedTimescale, laggedCovariances, slowDirections } from '../../src/models/index.js';
import { tableOf, withColumns } from '../training/data.js';

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
