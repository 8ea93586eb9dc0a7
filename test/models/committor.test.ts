import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dataset } from '../../src/frames/index.js';
import { train, type TrainOptions } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';
import { Generator } from './generator.js';
import { muellerBrown } from './langevin.js';

/** Discs about the two deepest minima. */
const inA = ([x, y]: number[]): boolean => Math.hypot(x + 0.558, y - 1.442) < 0.2;
const inB = ([x, y]: number[]): boolean => Math.hypot(x - 0.623, y - 0.028) < 0.2;
/** Energy of the deepest minimum in kT. */
const lowest = -146.7 * 0.05;

const points = 100;
const generator = new Generator(muellerBrown, [
  { low: -1.8, high: 1.4, points },
  { low: -0.6, high: 2.3, points },
]);
const exact = generator.committor(inA, inB);

/** Frames anywhere up to 12 kT above the minimum, as a bias spreads them, with Boltzmann weights and the two states. */
function spreadFrames(frames: number): Dataset {
  const random = new Random(4);
  const rows: number[][] = [];
  while (rows.length < frames) {
    const x = [random.uniform(-1.6, 1.2), random.uniform(-0.5, 2.1)];
    const energy = muellerBrown.energy(x) - lowest;
    if (energy < 12) rows.push([...x, Math.exp(-energy), inA(x) ? 0 : inB(x) ? 1 : -1]);
  }
  return {
    columns: ['x', 'y', 'weight', 'state'].map((label) => ({ label })),
    frames,
    data: Float64Array.from(rows.flat()),
    time: Float64Array.from(rows.keys()),
    segments: [{ start: 0, end: frames, source: 'test' }],
  };
}

const dataset = spreadFrames(20_000);
const settings: TrainOptions = {
  method: 'committor',
  weights: 'weight',
  labels: 'state',
  latent: 1,
  hidden: [32, 32],
  batch: 1000,
  epochs: 60,
  learningRate: 3e-3,
  spread: 0,
};

test('the committor of Müller and Brown is that of the boundary-value problem', async () => {
  const { cv, record } = await train(dataset, { ...settings, methodOptions: { output: 'q' } });
  let [squares, count] = [0, 0];
  cv.forEach((value, frame) => {
    const x = [...dataset.data.subarray(4 * frame, 4 * frame + 2)];
    const q = generator.interpolate(exact, x);
    if (q < 0.02 || q > 0.98 || muellerBrown.energy(x) - lowest > 6) return;
    // The CV spans [−1, 1] where q spans 0 to 1.
    squares += ((value + 1) / 2 - q) ** 2;
    count++;
  });
  const error = Math.sqrt(squares / count);
  // Where reactive trajectories go, up to 6 kT: 0.02 with this seed; the grid itself is good to 0.005.
  assert.ok(count > 1000 && error < 0.035, `root mean square error ${error} over ${count} frames`);
  const functional = record.curves.parts.functional[record.bestEpoch];
  const expected = functionalOnGrid() * commonVariance();
  assert.ok(Math.abs(functional / expected - 1) < 0.06, `K ${functional} and ${expected}`);
});

test('z rises from the first state to the second and orders frames as q does', async () => {
  const short = { ...settings, epochs: 10 };
  const z = await train(dataset, short);
  const q = await train(dataset, { ...short, methodOptions: { output: 'q' } });
  const order = [...z.cv.keys()].sort((a, b) => z.cv[a] - z.cv[b]);
  // q of both is the same training's; single precision is what the tolerance is for.
  order.slice(1).forEach((frame, i) => assert.ok(q.cv[frame] > q.cv[order[i]] - 1e-6));
  const mean = (state: number): number => {
    const values = [...z.cv].filter((_, frame) => dataset.data[4 * frame + 3] === state);
    return values.reduce((sum, value) => sum + value / values.length, 0);
  };
  assert.ok(mean(1) > mean(0) + 0.5, `A at ${mean(0)}, B at ${mean(1)}`);
});

test('states that are not there are refused', async () => {
  const refused = (methodOptions: TrainOptions['methodOptions'], message: RegExp): Promise<void> =>
    assert.rejects(train(dataset, { ...settings, methodOptions }), { code: 'bad-argument', message });
  await refused({ to: 2 }, /expected two of the 2 labelled states for a committor but received 0 and 2/);
  await refused({ alpha: 10 }, /expected alpha of at least/);
  await refused(
    { gradient: 'atoms' },
    /expected frames of trajectories, with the masses of their atoms, for gradient=atoms/,
  );
  await assert.rejects(train(dataset, { ...settings, latent: 2 }), { message: /at most 1 CV for committor/ });
});

/** ⟨|∇q|²⟩ at equilibrium by differences between neighbouring points. */
function functionalOnGrid(): number {
  const probability = generator.equilibrium();
  const [hx, hy] = [3.2 / (points - 1), 2.9 / (points - 1)];
  let sum = 0;
  const edge = (i: number, j: number, h: number): void => {
    sum += Math.sqrt(probability[i] * probability[j]) * ((exact[j] - exact[i]) / h) ** 2;
  };
  for (let i = 0; i < points * points; i++) {
    if (i % points < points - 1) edge(i, i + 1, hx);
    if (i < points * (points - 1)) edge(i, i + points, hy);
  }
  return sum;
}

/** Square of the scale that x and y are divided by: ∇ by scaled features is that much larger. */
function commonVariance(): number {
  const variance = [0, 1].map((column) => {
    const values = [...dataset.data].filter((_, i) => i % 4 === column);
    const mean = values.reduce((sum, value) => sum + value / values.length, 0);
    return values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0);
  });
  return (variance[0] + variance[1]) / 2;
}
