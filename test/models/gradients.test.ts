import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, gradient, type Feeds } from '../../src/graph/index.js';
import { methodNames, methods, type Architecture } from '../../src/models/index.js';
import { Random } from '../../src/training/random.js';
import { centralDifferences, difference } from '../graph/numbers.js';
import { drawBatch, drawParameters } from './batches.js';

const sizes = { frames: 15, features: 4, states: 3, properties: 2 };

for (const name of methodNames) {
  for (const full of [true, false]) {
    const what = full ? 'all it can take' : 'the least it needs';
    test(`${name} with ${what}: gradients of the loss against central differences`, () => {
      const latent = Math.min(2, methods[name].mostLatent?.(sizes) ?? 2);
      const architecture: Architecture = { features: 4, hidden: [5, 3], latent, activation: 'tanh' };
      const method = methods[name].create(architecture, {}, sizes);
      const random = new Random(11);
      const { parameters, feeds: values } = drawParameters(method, random);
      const { batch, feeds } = drawBatch(method, random, sizes, full);
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
}
