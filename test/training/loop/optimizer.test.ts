import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constant, evaluate, input, mapValues } from '../../../src/graph/index.js';
import { adam, adamFactors, clipped, scheduled } from '../../../src/training/loop/optimizer.js';

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
  const names = ['value', 'first', 'second', 'gradient', 'rate', 'epsilon', 'keep'] as const;
  const [value, first, second, gradient, rate, epsilon, keep] = names.map((name) => input(name, []));
  const next = adam({ value, first, second }, gradient, { rate, epsilon, keep });
  let state = { value: 0.8, first: 0, second: 0 };
  gradients.forEach((g, i) => {
    const settings = { learningRate: 1e-3, schedule: 'constant', weightDecay: 0.1 } as const;
    const factors = mapValues(adamFactors(settings, i, 1, 5), ([factor]) => factor);
    const numbers = { ...state, gradient: g, ...factors };
    const feeds = Object.fromEntries(names.map((name) => [name, { shape: [], data: [numbers[name]] }]));
    const result = evaluate({ ...next }, feeds);
    state = { value: result.value.data[0], first: result.first.data[0], second: result.second.data[0] };
  });
  assert.ok(Math.abs(state.value - reference(0.8, gradients, 1e-3, 0.1)) < 1e-15);
});

test('gradients longer than the limit are shortened together, shorter ones stay', () => {
  const gradients = [constant([3], [1]), constant([0, 4], [2])];
  const at = (most: number): number[] =>
    clipped(gradients, most).flatMap((tensor) => [...evaluate({ tensor }, {}).tensor.data]);
  at(1).forEach((value, i) => assert.ok(Math.abs(value - [0.6, 0, 0.8][i]) < 1e-12));
  assert.deepEqual(at(6), [3, 0, 4]);
  assert.deepEqual(at(0), [3, 0, 4]);
});

test('schedules go from the whole rate to none, or stay', () => {
  const along = (schedule: 'constant' | 'cosine' | 'linear'): number[] =>
    [0, 0.25, 0.5, 1].map((progress) => scheduled(schedule, progress));
  assert.deepEqual(along('constant'), [1, 1, 1, 1]);
  assert.deepEqual(along('linear'), [1, 0.75, 0.5, 0]);
  // (1 + cos πp)/2
  along('cosine').forEach((value, i) => {
    assert.ok(Math.abs(value - [1, (1 + Math.SQRT1_2) / 2, 0.5, 0][i]) < 1e-15);
  });
});

test('a schedule changes the step size and the weight decay with it', () => {
  const settings = { learningRate: 0.01, schedule: 'linear', weightDecay: 0.1 } as const;
  const { rate, keep } = adamFactors(settings, 0, 4, 4);
  const plain = adamFactors({ ...settings, schedule: 'constant' }, 0, 4, 4);
  [1, 0.75, 0.5, 0.25].forEach((part, i) => {
    assert.ok(Math.abs(rate[i] - part * plain.rate[i]) < 1e-17);
    assert.ok(Math.abs(keep[i] - (1 - part * 0.001)) < 1e-15);
  });
});
