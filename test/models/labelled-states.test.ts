import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, input } from '../../src/graph/index.js';
import { fisherRatio } from '../../src/models/fisher.js';
import { train, type TrainOptions } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';
import { column, datasetOf } from './tables.js';

/** Two states on half circles around one another: no linear direction separates them. */
function crescents(frames: number, seed: number): { rows: number[][]; state: number[] } {
  const random = new Random(seed);
  const state = Array.from({ length: frames }, (_, i) => i % 2);
  const rows = state.map((s) => {
    const t = Math.PI * random.uniform();
    const [x, y] = s === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.4 - Math.sin(t)];
    return [x + 0.08 * random.normal(), y + 0.08 * random.normal(), s];
  });
  return { rows, state };
}

const network: TrainOptions = {
  hidden: [24, 24],
  batch: 512,
  epochs: 150,
  learningRate: 3e-3,
  spread: 0,
  labels: 'state',
};

function moments(values: Float64Array, state: number[], of: number): { mean: number; deviation: number } {
  const picked = [...values].filter((_, i) => state[i] === of);
  const mean = picked.reduce((sum, v) => sum + v / picked.length, 0);
  return { mean, deviation: Math.sqrt(picked.reduce((sum, v) => sum + (v - mean) ** 2 / picked.length, 0)) };
}

test("Fisher's ratio of one component is (μ₁ − μ₂)²/4 over the mean variance, whatever the weights of the states", () => {
  const random = new Random(4);
  const frames = 300;
  const state = Array.from({ length: frames }, (_, i) => (i < 200 ? 0 : 1));
  const values = Float64Array.from(state, (s) => s * 2 + (1 + s) * random.normal());
  const [z, label] = [input('z', [frames, 1]), input('label', [frames, 2])];
  const { ratio } = evaluate(
    { ratio: fisherRatio(z, label, 0) },
    {
      z: { shape: [frames, 1], data: values },
      label: { shape: [frames, 2], data: state.flatMap((s) => [1 - s, s]) },
    },
  );
  const [a, b] = [moments(values, state, 0), moments(values, state, 1)];
  const exact = (a.mean - b.mean) ** 2 / 4 / ((a.deviation ** 2 + b.deviation ** 2) / 2);
  assert.ok(Math.abs(ratio.data[0] / exact - 1) < 1e-9, `${ratio.data[0]} against ${exact}`);
});

test('deep-lda separates what lda cannot', async () => {
  const { rows, state } = crescents(4000, 3);
  const data = datasetOf(['x', 'y', 'state'], rows);
  const wrong = (cv: Float64Array): number => {
    const [a, b] = [moments(cv, state, 0), moments(cv, state, 1)];
    const nearer = (value: number): number => (Math.abs(value - a.mean) < Math.abs(value - b.mean) ? 0 : 1);
    return cv.filter((value, i) => nearer(value) !== state[i]).length / cv.length;
  };
  const linear = await train(data, { method: 'lda', latent: 1, labels: 'state', spread: 0 });
  const deep = await train(data, { ...network, method: 'deep-lda', latent: 1 });
  assert.ok(wrong(linear.cv) > 0.03, `linear ${wrong(linear.cv)}`);
  assert.ok(wrong(deep.cv) < 0.002, `deep ${wrong(deep.cv)}`);
});

test('the layer of deep-lda keeps its length where one state is rare, so that the ratio stays below s²/λ', async () => {
  const { rows } = crescents(4000, 3);
  // one frame of the second state in fifty
  const data = datasetOf(
    ['x', 'y', 'state'],
    rows.filter(([, , of], i) => of === 0 || i % 50 === 1),
  );
  const ridge = 0.1;
  const options = { ...network, method: 'deep-lda', latent: 1, methodOptions: { ridge } } as const;
  const { record } = await train(data, options);
  const { ratio, bound } = record.curves.parts;
  const [best, alpha] = [record.bestEpoch, 2 / ridge];
  // from −α/(1 + (s² − 1)²); the ratio cannot push it past 1 + e with 4e = (1 + e²)²
  const length = 1 + Math.sqrt(Math.max(0, -alpha / bound[best] - 1));
  assert.ok(length < 1.31, `mean square length ${length}`);
  assert.ok(ratio[best] > 0.5 / ridge && ratio[best] < length / ridge, `ratio ${ratio[best]}`);
});

test('deep-tda sends each state to its target mean and deviation', async () => {
  const { rows, state } = crescents(4000, 5);
  const data = datasetOf(['x', 'y', 'state'], rows);
  const { cv } = await train(data, { ...network, method: 'deep-tda', latent: 1, epochs: 600, patience: 600 });
  // The CV is scaled to [−1, 1] at the end, so that ratios are what remains: centres 14 apart, deviations 0.2.
  const [a, b] = [moments(column(cv, 1, 0), state, 0), moments(column(cv, 1, 0), state, 1)];
  const gap = Math.abs(b.mean - a.mean);
  for (const { deviation } of [a, b])
    assert.ok(Math.abs(deviation / gap - 0.2 / 14) < 0.006, `deviation ${deviation / gap} of the gap`);
});

test('deep-tda with three states and two CVs puts them on the corners of a triangle', async () => {
  const random = new Random(6);
  const rows = Array.from({ length: 3000 }, (_, i) => [
    (i % 3) + 0.1 * random.normal(),
    (i % 3) ** 2 + 0.1 * random.normal(),
    i % 3,
  ]);
  const state = rows.map(([, , s]) => s);
  const data = datasetOf(['x', 'y', 'state'], rows);
  const { record } = await train(data, { ...network, method: 'deep-tda', latent: 2, epochs: 250 });
  const { mean } = record.curves.parts;
  // Sum over states and CVs of (μ − μ*)², with centres 14 apart.
  assert.ok(mean[record.bestEpoch] < 0.5, `means off by ${mean[record.bestEpoch]}`);
  assert.equal(new Set(state).size, 3);
});

test('labels that are missing or no whole numbers are refused', async () => {
  const { rows } = crescents(400, 5);
  const data = datasetOf(['x', 'y', 'state'], rows);
  await assert.rejects(
    train(data, { method: 'deep-lda' }),
    /expected at least two labelled states for deep-lda but received no labels/,
  );
  await assert.rejects(
    train(data, { method: 'deep-lda', labels: 'x' }),
    /expected whole numbers for the states in x/,
  );
  await assert.rejects(train(data, { method: 'deep-lda', labels: 'stat' }), /expected a column stat/);
});
