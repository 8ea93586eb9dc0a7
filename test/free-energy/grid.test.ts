import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisFor, axisSpacing, axisValues } from '../../src/free-energy/axes/grid.js';

const sampled = { lower: -1, upper: 3 };

test('points include both ends, of a periodic axis the lower alone; bins lie within them', () => {
  const open = axisFor(sampled, { points: 5 });
  assert.deepEqual([...axisValues(open, 'points')], [-1, 0, 1, 2, 3]);
  const turned = axisFor(sampled, { period: [0, 4], points: 4 });
  assert.deepEqual([...axisValues(turned, 'points')], [0, 1, 2, 3]);
  assert.deepEqual([...axisValues(axisFor(sampled, { points: 4 }), 'bins')], [-0.5, 0.5, 1.5, 2.5]);
  assert.deepEqual([axisSpacing(open, 'points'), axisSpacing(open, 'bins')], [1, 0.8]);
});

test('a period goes before a range, a range before what was sampled', () => {
  assert.deepEqual(axisFor(sampled, { range: [0, 1] }), { lower: 0, upper: 1, points: 200, periodic: false });
  assert.equal(axisFor(sampled, { range: [0, 1], period: [0, 2] }).upper, 2);
});

test('one point, half a point, and a range without length are refused', () => {
  for (const points of [1, 2.5, NaN])
    assert.throws(() => axisFor(sampled, { points }), { code: 'bad-argument', message: /above 1/ });
  assert.throws(() => axisFor({ lower: 2, upper: 2 }, {}), { code: 'bad-argument', message: /2 to 2/ });
});
