import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dataset } from '../../../src/frames/index.js';
import { train, type TrainOptions } from '../../../src/training/index.js';
import { Random } from '../../../src/support/random.js';

/** Four AR(1) processes of known memory, mixed into four columns. */
function linearProcesses(frames: number): { dataset: Dataset; processes: number[][] } {
  const random = new Random(6);
  const memory = [0.97, 0.9, 0.5, 0];
  const state = memory.map(() => random.normal());
  const processes = Array.from({ length: frames }, () => {
    memory.forEach((a, i) => (state[i] = a * state[i] + Math.sqrt(1 - a * a) * random.normal()));
    return [...state];
  });
  const rows = processes.map(([p, q, r, s]) => [p + 3 * s, q - p + 2 * r, r + q - s, 2 * s + 0.5 * p]);
  const dataset = {
    columns: ['a', 'b', 'c', 'd'].map((label) => ({ label })),
    frames,
    data: Float64Array.from(rows.flat()),
    time: Float64Array.from({ length: frames }, (_, i) => i),
    segments: [{ start: 0, end: frames, source: 'test' }],
  };
  return { dataset, processes };
}

const frames = 8000;
const { dataset, processes } = linearProcesses(frames);
/** One epoch of steps too small to move: what is left is the start. */
const still: TrainOptions = {
  hidden: [16, 8],
  latent: 2,
  lag: 1,
  epochs: 1,
  learningRate: 1e-9,
  spread: 0,
  start: 'linear',
};

for (const method of ['vamp-autoencoder', 'deep-tica', 'variational-dynamics-encoder', 'spib'] as const)
  test(`${method} begins as TICA`, async () => {
    const { cv, record } = await train(dataset, { ...still, method });
    // Closed form: the two slowest processes, by autocorrelation; standard error about 0.01.
    [0.97, 0.9].forEach((memory, j) => {
      assert.ok(Math.abs(record.eigenvalues![j] - memory) < 0.03, `${record.eigenvalues![j]}`);
      const component = [...cv].filter((_, i) => i % 2 === j);
      const found = Math.abs(
        correlation(
          component,
          processes.map((state) => state[j]),
        ),
      );
      assert.ok(found > 0.99, `process ${j}: correlation ${found}`);
    });
  });

test('without pairs it begins as PCA: the largest direction first', async () => {
  const { cv } = await train(dataset, { ...still, method: 'autoencoder', scaling: 'common', latent: 1 });
  const columns = [0, 1, 2, 3].map((j) => [...dataset.data].filter((_, i) => i % 4 === j));
  const largest = powerIteration(columns);
  const expected = processes.map((_, frame) => columns.reduce((sum, c, j) => sum + largest[j] * c[frame], 0));
  const found = Math.abs(correlation([...cv], expected));
  assert.ok(found > 0.999, `${found}`);
});

test('a network that cannot carry a linear start is refused', async () => {
  const refused = (options: TrainOptions, message: RegExp): Promise<void> =>
    assert.rejects(train(dataset, { ...still, ...options }), { code: 'bad-argument', message });
  await refused(
    { activation: 'relu' },
    /expected the activation tanh or sin for a linear start but received relu/,
  );
  await refused(
    { hidden: [16, 1] },
    /inputs and hidden layers of at least 2 for a linear start but received 1/,
  );
});

/** The leading eigenvector of the columns' covariance. */
function powerIteration(columns: number[][]): number[] {
  const centred = columns.map((c) => c.map((value) => value - c.reduce((sum, v) => sum + v / c.length, 0)));
  let vector = columns.map(() => 1);
  for (let round = 0; round < 200; round++) {
    const along = centred[0].map((_, frame) => centred.reduce((sum, c, j) => sum + c[frame] * vector[j], 0));
    const next = centred.map((c) => c.reduce((sum, value, frame) => sum + value * along[frame], 0));
    const norm = Math.hypot(...next);
    vector = next.map((value) => value / norm);
  }
  return vector;
}

function correlation(a: number[], b: number[]): number {
  const centred = [a, b].map((list) => {
    const mean = list.reduce((sum, value) => sum + value / list.length, 0);
    return list.map((value) => value - mean);
  });
  const dot = (x: number[], y: number[]): number => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(centred[0], centred[1]) / Math.sqrt(dot(centred[0], centred[0]) * dot(centred[1], centred[1]));
}
