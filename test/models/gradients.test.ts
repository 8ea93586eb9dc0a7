import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, gradient, type Feeds } from '../../src/graph/index.js';
import {
  methodNames,
  methods,
  type Architecture,
  type DataShape,
  type MethodName,
} from '../../src/models/index.js';
import { Random } from '../../src/support/random.js';
import { centralDifferences, difference } from '../graph/numbers.js';
import { drawBatch, drawParameters, madeMethod } from './batches.js';

const sizes = { frames: 15, features: 4, states: 3, properties: 2 };
/** Gradients by atoms: of each feature alone, and of two pairs. */
const byAtoms = {
  metric: [
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [0, 2],
    [1, 2],
  ],
  kT: 2.5,
} as const;
/** Two plain inputs, and one that is periodic. */
const byInputs = {
  scales: { mean: [1, -2, 0.1, 0.2], scale: [0.5, 3, 0.7, 0.8], plain: 2, factors: [1.5] },
};

/** Options that change the loss; the defaults are tested for every method. */
const variants: Partial<Record<MethodName, Record<string, unknown>[]>> = {
  vampnet: [{ score: 'vamp-1' }, { score: 'vamp-e' }],
  autoencoder: [{ angles: 1 }, { angles: 2 }],
  'denoising-autoencoder': [{ angles: 1 }],
  'time-lagged-autoencoder': [{ angles: 2 }],
  'vamp-autoencoder': [{ angles: 1 }],
  'self-tica': [{ width: 3, predictor: 1 }],
  committor: [
    { logarithm: false, alpha: 1 },
    { from: 2, to: 0 },
  ],
  'deep-lne': [{ neighbours: 1, temperature: 0.5, metric: 2, metricLayers: [4, 3], landmarks: 6 }],
  generator: [{ eta: 20, alpha: 0, diffusion: 0.3 }],
};
const shapes: Partial<Record<MethodName, DataShape[]>> = {
  committor: [{ ...sizes, ...byAtoms }],
  generator: [
    { ...sizes, ...byAtoms },
    { ...sizes, ...byInputs },
  ],
};
const cases = methodNames.flatMap((name) =>
  [{}, ...(variants[name] ?? [])].flatMap((options) =>
    [true, false].flatMap((full) =>
      [sizes, ...(shapes[name] ?? [])].map((shape: DataShape) => ({ name, options, full, shape })),
    ),
  ),
);

for (const { name, options, full, shape } of cases) {
  const what = [
    ...Object.values(options),
    full ? 'all it can take' : 'the least it needs',
    ...(shape.metric ? ['by atoms'] : shape.scales ? ['by inputs'] : []),
  ].join(', ');
  test(`${name} with ${what}: gradients of the loss against central differences`, () => {
    const latent = Math.min(2, methods[name].mostLatent?.(sizes) ?? 2);
    const architecture: Architecture = { features: 4, hidden: [5, 3], latent, activation: 'tanh' };
    const method = madeMethod(name, architecture, options, shape);
    const random = new Random(11);
    const { parameters, feeds: values } = drawParameters(method, random);
    const { batch, feeds } = drawBatch(method, random, { ...sizes, ...shape }, full);
    const all = { ...values, ...feeds };
    const { total } = method.loss(parameters, batch);
    const gradients = gradient(total, [...parameters.values()]);
    const loss = (given: Feeds): number => evaluate({ total }, given).total.data[0];
    [...parameters.keys()].forEach((parameter, i) => {
      const { exact } = evaluate({ exact: gradients[i] }, all);
      const differences = centralDifferences(loss, all, parameter);
      const worst = difference(differences, exact.data);
      // Relative to the largest derivative, at least 1; the differences' own error is about 1e-10.
      assert.ok(worst < 1e-7, `${parameter}: ${worst}`);
    });
  });
}
