import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rangeWords, readGroup } from '../../src/descriptors/atom-ranges.js';

test('atoms in equal steps are ranges, the others are told one by one, and all are read back', () => {
  const cases: [number[], string][] = [
    [[], ''],
    [[4], '4'],
    [[0, 1], '0 1'],
    [[0, 1, 2, 3], '0-3'],
    [[0, 2, 4, 6, 7, 8], '0-6:2 7 8'],
    [[9, 3, 4, 5, 6, 20, 30, 40], '9 3-6 20-40:10'],
    [[5, 4, 3, 2], '5 4 3 2'],
  ];
  for (const [atoms, words] of cases) {
    assert.equal(rangeWords(atoms), words);
    assert.deepEqual(readGroup(words, 41), atoms);
  }
});

test('a range that cannot be, or that names atoms over and over, ends in what is no atom', () => {
  for (const words of ['3-1', '0-3:0', '0-4', '0-', '-3', '0-3:', '1.5', '1e3', '0-99999999999'])
    assert.equal(readGroup(words, 4).at(-1), NaN, words);
  const endless = readGroup(Array.from({ length: 1000 }, () => '0-9').join(' '), 10);
  assert.ok(endless.length < 100);
  assert.equal(endless.at(-1), NaN);
});
