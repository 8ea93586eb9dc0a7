import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serials, serialWords } from '../../../src/plumed/descriptors/serials.js';

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

test('serials in even steps are written as ranges that read back as they were', () => {
  const waters = Array.from({ length: 607 }, (_, i) => 140 + 3 * i);
  const lists: [number[], string][] = [
    [[1, 5, 6, 7, 9, 11, 15, 16, 17, 19], '1,5,6,7,9,11,15,16,17,19'],
    [[127, 130, ...waters], '127,130,140-1958:3'],
    [[...waters, 7], '140-1958:3,7'],
    [Array.from({ length: 108 }, (_, i) => i + 1), '1-108'],
    [[9, 8, 7, 6, 5, 4, 3, 2], '9-2:-1'],
    [[3, 3, 3, 3, 3, 3, 3, 3, 3], '3,3,3,3,3,3,3,3,3'],
    [[4], '4'],
    [[], ''],
  ];
  for (const [atoms, words] of lists) {
    assert.equal(serialWords(atoms), words);
    if (atoms.length > 0) assert.deepEqual(serials(words), atoms);
  }
});
