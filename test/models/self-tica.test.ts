import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, input } from '../../src/graph/index.js';
import { methods } from '../../src/models/index.js';
import { contrastiveLoss } from '../../src/models/self-tica.js';
import { Random } from '../../src/support/random.js';
import { findsTwoProcesses } from './eigenfunctions.js';

const [n, width] = [40, 3];
const random = new Random(17);
const table = (): Float64Array => Float64Array.from({ length: n * width }, () => random.normal() + 0.4);
const ends = { predicted: table(), later: table() };
const weights = Float64Array.from({ length: n }, (_, i) => (i % 2 ? 1.3 : 0.7));

/** The sums of the paper, pair by pair. */
function bySums(weight: Float64Array): { contrast: number; squares: number } {
  const centred = (rows: Float64Array): number[][] => {
    const mean = Array.from({ length: width }, (_, j) =>
      weight.reduce((sum, w, i) => sum + (w * rows[i * width + j]) / n, 0),
    );
    return Array.from({ length: n }, (_, i) => mean.map((value, j) => rows[i * width + j] - value));
  };
  const dot = (a: number[], b: number[]): number => a.reduce((sum, value, j) => sum + value * b[j], 0);
  const [p, y] = [centred(ends.predicted), centred(ends.later)];
  let [others, own, squares] = [0, 0, 0];
  p.forEach((a, i) => {
    own += weight[i] * dot(a, y[i]);
    squares += weight[i] * (dot(a, a) + dot(y[i], y[i]));
    y.forEach((b, j) => (others += weight[i] * (weight[j] - (i === j ? 1 : 0)) * dot(a, b) ** 2));
  });
  return { contrast: others / (n * (n - 1)) - (2 * own) / n, squares: squares / (2 * n) };
}

for (const weighed of [false, true])
  test(`self-tica: the contrastive loss is the sum over pairs${weighed ? ', by weight' : ''}`, () => {
    const given = {
      predicted: { shape: [n, width], data: ends.predicted },
      later: { shape: [n, width], data: ends.later },
      weight: { shape: [n, 1], data: weights },
    };
    const tensors = { predicted: input('predicted', [n, width]), later: input('later', [n, width]) };
    const told = evaluate(contrastiveLoss(tensors, weighed ? input('weight', [n, 1]) : undefined), given);
    const expected = bySums(weighed ? weights : new Float64Array(n).fill(1));
    for (const part of ['contrast', 'squares'] as const)
      assert.ok(Math.abs(told[part].data[0] - expected[part]) < 1e-10, part);
  });

test('self-tica: two processes of the double well at a lag as short as the second', () =>
  findsTwoProcesses('self-tica'));

test('self-tica: fewer components than CVs are refused', () => {
  const network = { features: 4, hidden: [5], latent: 3, activation: 'tanh' as const };
  assert.throws(() => methods['self-tica'].create(network, { width: 2 }), {
    code: 'bad-argument',
    message: 'expected a representation of at least 3 components, one for each CV, but received 2',
  });
});
