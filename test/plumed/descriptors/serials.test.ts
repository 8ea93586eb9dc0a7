import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serials } from '../../../src/plumed/descriptors/serials.js';

test('numbers, ranges and strides, as PLUMED counts them', () => {
  assert.deepEqual(serials('5, 7'), [5, 7]);
  assert.deepEqual(serials('5-8'), [5, 6, 7, 8]);
  assert.deepEqual(serials('5-9:2,1'), [5, 7, 9, 1]);
  assert.deepEqual(serials('9-5:-2'), [9, 7, 5]);
});

test('names, ranges without atoms, and more than anyone means are none', () => {
  for (const text of ['g', '@phi-2', '1,', '8-5', '5-8:-1', '5-8:0', '1-100001'])
    assert.equal(serials(text), undefined, text);
});
