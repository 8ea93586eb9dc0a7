import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../src/support/random.js';
import { CellKeys } from '../../src/states/cell-keys.js';

test('keys get places in the order in which they come, however large and many', () => {
  const random = new Random(1);
  const keys = [
    ...new Set([
      0,
      2 ** 32,
      2 ** 31,
      2 ** 53 - 1,
      ...Array.from({ length: 20_000 }, (_, i) => Math.floor(random.uniform(0, i % 2 === 0 ? 1e5 : 2 ** 52))),
    ]),
  ];
  const found = new CellKeys();
  keys.forEach((key, place) => assert.equal(found.add(key), place));
  keys.forEach((key, place) => {
    assert.equal(found.find(key), place);
    assert.equal(found.add(key), place);
  });
  assert.equal(found.size, keys.length);
  assert.equal(found.find(2 ** 53 - 2), -1);
});
