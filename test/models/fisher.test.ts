import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, input } from '../../src/graph/index.js';
import { fisherRatio } from '../../src/models/fisher.js';
import { Random } from '../../src/support/random.js';
import { moments } from './crescents.js';

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
