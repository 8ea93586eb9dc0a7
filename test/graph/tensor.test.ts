import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameShape, showShape } from '../../src/graph/tensor.js';

test('shapes are the same axis by axis, names by their letters', () => {
  assert.deepEqual(
    [sameShape(['n', 3], ['n', 3]), sameShape(['n', 3], ['m', 3]), sameShape([3], [3, 1]), sameShape([], [])],
    [true, false, false, true],
  );
  assert.equal(showShape(['n', 45]), '[n, 45]');
});
