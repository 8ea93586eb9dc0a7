import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constantValue } from '../../src/graph/constant-value.js';
import { add, broadcastTo, constant, input, mul, reduceSum } from '../../src/graph/index.js';

test('what no input enters is worked out', () => {
  const two = constant(Float64Array.of(1, 2), [2]);
  assert.deepEqual(constantValue(reduceSum(mul(add(two, 1), two)))?.data[0], 1 * 2 + 2 * 3);
});

test('inputs, named lengths, and what would fill the memory are unknown', () => {
  const one = constant(Float64Array.of(1), [1]);
  assert.equal(constantValue(add(input('x', [1]), one)), undefined);
  assert.equal(constantValue(broadcastTo(one, ['n'])), undefined);
  assert.equal(constantValue(broadcastTo(one, [2 ** 23])), undefined);
});
