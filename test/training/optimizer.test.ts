import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, input } from '../../src/graph/index.js';
import { adamFactors, adamW } from '../../src/training/optimizer.js';

/** AdamW as in Loshchilov & Hutter 2019, algorithm 2, step by step with explicit bias corrections. */
function reference(value: number, gradients: number[], learningRate: number, weightDecay: number): number {
  let [m, v] = [0, 0];
  gradients.forEach((g, i) => {
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    const corrected = m / (1 - 0.9 ** (i + 1)) / (Math.sqrt(v / (1 - 0.999 ** (i + 1))) + 1e-8);
    value -= learningRate * (corrected + weightDecay * value);
  });
  return value;
}

test('AdamW follows the published algorithm', () => {
  const gradients = [0.3, -1.2, 0.05, 2, -0.7];
  const names = ['value', 'first', 'second', 'gradient', 'rate', 'epsilon'] as const;
  const [value, first, second, gradient, rate, epsilon] = names.map((name) => input(name, []));
  const next = adamW({ value, first, second }, gradient, { rate, epsilon }, 1e-3 * 0.1);
  let state = { value: 0.8, first: 0, second: 0 };
  gradients.forEach((g, i) => {
    const factors = adamFactors(1e-3, i, 1);
    const numbers = { ...state, gradient: g, rate: factors.rate[0], epsilon: factors.epsilon[0] };
    const feeds = Object.fromEntries(names.map((name) => [name, { shape: [], data: [numbers[name]] }]));
    const result = evaluate({ ...next }, feeds);
    state = { value: result.value.data[0], first: result.first.data[0], second: result.second.data[0] };
  });
  assert.ok(Math.abs(state.value - reference(0.8, gradients, 1e-3, 0.1)) < 1e-15);
});
