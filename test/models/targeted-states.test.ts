import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluate, input, type Feed } from '../../src/graph/index.js';
import { methods, type Architecture, type MethodName } from '../../src/models/index.js';
import { packageRoot } from '../../src/support/folders.js';

interface Case {
  method: MethodName;
  options: Record<string, unknown>;
  latent: number;
  x: number[];
  weight: number[];
  state: number[];
  parameters: Record<string, Feed>;
  loss: number;
}

// test/fixtures/targeted_states.py: NumPy, from the formulas of the papers
const { cases } = JSON.parse(
  readFileSync(join(packageRoot(), 'test', 'fixtures', 'targeted-states.json'), 'utf8'),
) as { cases: Case[] };

const features = 3;
const data = { states: 3, properties: 0 };

for (const { method, options, latent, x, weight, state, parameters, loss } of cases) {
  test(`${method} with ${JSON.stringify(options)}: the loss is NumPy's`, () => {
    const frames = weight.length;
    const architecture: Architecture = { features, hidden: [4], latent, activation: 'tanh' };
    const created = methods[method].create(architecture, options, data);
    assert.deepEqual(created.parameters.map(({ name }) => name).sort(), Object.keys(parameters).sort());
    const feeds = {
      ...parameters,
      now: { shape: [frames, features], data: x },
      weight: { shape: [frames, 1], data: weight },
      label: { shape: [frames, 3], data: state.flatMap((of) => [0, 1, 2].map((i) => Number(i === of))) },
    };
    const values = new Map(created.parameters.map(({ name, shape }) => [name, input(name, shape)]));
    const batch = {
      now: input('now', [frames, features]),
      weight: input('weight', [frames, 1]),
      label: input('label', [frames, 3]),
    };
    const { total } = evaluate({ total: created.loss(values, batch).total }, feeds);
    assert.ok(Math.abs(total.data[0] / loss - 1) < 1e-10, `${total.data[0]} against ${loss}`);
  });
}

const make = (method: MethodName, options: Record<string, unknown>, latent = 1, states = 3) =>
  methods[method].create({ features, hidden: [4], latent, activation: 'tanh' }, options, {
    ...data,
    states,
  });

test('targets that do not fit the states are refused', () => {
  assert.throws(() => make('deep-tda', { deviation: [0.2, 1.5] }), {
    code: 'bad-argument',
    message: /expected one deviation or 3, one for each state, but received 2/,
  });
  assert.throws(() => make('multitask-deep-tda', { centres: [[0], [1]] }), {
    message: /expected 3 rows of 1 numbers for the centres but received 1, 1/,
  });
  assert.throws(() => make('multitask-deep-tda', {}, 3), {
    message: /expected 1 or 2 CVs for 3 states but received 3/,
  });
  assert.throws(() => make('deep-tda', { deviation: -1 }), { message: /method option deviation/ });
});
