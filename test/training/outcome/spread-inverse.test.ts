import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, gradient, input, reduceSum, slice } from '../../../src/graph/index.js';
import { Random } from '../../../src/support/random.js';
import { applySpread, fitSpread, type Spread } from '../../../src/training/outcome/spread.js';
import { spreadInverseGraph } from '../../../src/training/outcome/spread-inverse.js';
import { centralDifferences, difference } from '../../graph/numbers.js';

/** Spreads of frames that lie evenly, in one heap, in two at the ends, and of nearly all the range given out. */
function spreads(): Spread[] {
  const random = new Random(4);
  const sample = (draw: () => number): Float64Array =>
    Float64Array.from({ length: 4000 }, (_, i) => (i < 2 ? 2 * i - 1 : Math.max(-1, Math.min(1, draw()))));
  const draws = [
    () => random.uniform(-1, 1),
    () => 0.3 + 0.001 * random.normal(),
    () => (random.uniform() < 0.5 ? -0.98 : 0.97) + 0.005 * random.normal(),
  ];
  return draws.flatMap((draw) => [1 / 3, 0.9].map((share) => fitSpread(sample(draw), 1, share)));
}

test('what a spread made of a CV is undone, within the range and beyond it', () => {
  const z = Float64Array.from({ length: 4001 }, (_, i) => -3 + (6 * i) / 4000);
  for (const spread of spreads()) {
    const y = input('y', ['n', 1]);
    const feeds = { y: { shape: [z.length, 1], data: applySpread(spread, z) } };
    const found = evaluate({ z: spreadInverseGraph(spread, y) }, feeds).z.data;
    const worst = difference(found, z);
    assert.ok(worst < 1e-9, `${worst}`);
  }
});

test('of several CVs each is undone by itself, and derivatives are those of differences', () => {
  const [a, b] = [spreads()[0], spreads()[3]];
  const both = Object.fromEntries(
    Object.keys(a).map((key) => [key, [...a[key as keyof Spread], ...b[key as keyof Spread]]]),
  ) as unknown as Spread;
  const y = input('y', ['n', 2]);
  const back = spreadInverseGraph(both, y);
  const feeds = { y: { shape: [3, 2], data: Float64Array.of(-0.9, 0.1, 0.2, 0.31, 1.2, -0.4) } };
  const found = evaluate({ back }, feeds).back.data;
  assert.ok(difference(applySpread(both, found), feeds.y.data) < 1e-12);
  for (const j of [0, 1]) {
    const total = reduceSum(slice(back, 1, j, j + 1));
    const [exact] = gradient(total, [y]);
    const differences = centralDifferences((given) => evaluate({ total }, given).total.data[0], feeds, 'y');
    assert.ok(difference(evaluate({ exact }, feeds).exact.data, differences) < 1e-6);
  }
});
