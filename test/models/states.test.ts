import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, input } from '../../src/graph/index.js';
import { stateMoments } from '../../src/models/states.js';

const [z, label, weight] = [input('z', [5, 1]), input('label', [5, 3]), input('weight', [5, 1])];
const feeds = {
  z: { shape: [5, 1], data: [1, 3, 10, 20, 100] },
  // two frames of the first state, two of the second, none of the third, one of no state
  label: { shape: [5, 3], data: [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0] },
  weight: { shape: [5, 1], data: [3, 1, 1, 1, 7] },
};
const close = (found: ArrayLike<number>, expected: number): void =>
  assert.ok(Math.abs(found[0] - expected) < 1e-9, `${found[0]} and ${expected}`);

test('share, mean and variance of each state; frames of no state count nowhere', () => {
  const [a, b, none] = stateMoments(z, label).map(({ share, mean, variance }) =>
    evaluate({ share, mean, variance }, feeds),
  );
  for (const [{ share, mean, variance }, expected] of [
    [a, [0.5, 2, 1]],
    [b, [0.5, 15, 25]],
    [none, [0, 0, 0]],
  ] as const)
    [share, mean, variance].forEach(({ data }, i) => close(data, expected[i]));
});

test('frames count by their weight', () => {
  const [{ share, mean, variance }] = stateMoments(z, label, weight);
  const found = evaluate({ share, mean, variance }, feeds);
  // weights 3 and 1 of 6 that are labelled: mean 1.5, variance (3·0.25 + 2.25)/4
  close(found.share.data, 4 / 6);
  close(found.mean.data, 1.5);
  close(found.variance.data, 0.75);
});
