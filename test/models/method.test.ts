import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { defineMethod, type Architecture } from '../../src/models/method.js';

const architecture: Architecture = { features: 2, hidden: [], latent: 1, activation: 'tanh' };
const made: unknown[] = [];
const method = defineMethod({
  summary: 'of no use',
  references: [],
  needs: {},
  orientation: 'as-trained',
  options: z.object({ weight: z.number().min(0).default(2) }),
  create(...args) {
    made.push(args);
    return {
      needs: {},
      parameters: [],
      encode: (_, x) => x,
      loss: (_, { now }) => ({ total: now, parts: {} }),
    };
  },
});

test('options that are not given have their defaults, data that is not told has no states and no properties', () => {
  method.create(architecture);
  assert.deepEqual(made.at(-1), [architecture, { weight: 2 }, { states: 0, properties: 0 }]);
  method.create(architecture, { weight: 5 }, { states: 3, properties: 1 });
  assert.deepEqual(made.at(-1), [architecture, { weight: 5 }, { states: 3, properties: 1 }]);
});

test('an option that is unknown or does not fit is refused before the method is made, with those there are', () => {
  const before = made.length;
  for (const options of [{ weight: -1 }, { weight: 'much' }, { wieght: 1 }])
    assert.throws(() => method.create(architecture, options), {
      code: 'bad-argument',
      message: /^method option/,
      hint: 'options of this method: weight',
    });
  assert.equal(made.length, before);
});
