import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Separator } from '../../../src/frames/tables/csv-header.js';
import { CsvParser } from '../../../src/frames/tables/csv-parser.js';

function parse(line: string, separator: Separator = ',', targets = [0, 1]) {
  const parser = new CsvParser(Int32Array.from(targets), separator);
  const row = new Float64Array(2).fill(9);
  const bytes = Buffer.from(line);
  const columns = parser.parse(bytes, 0, bytes.length, row, 0);
  return { columns, row: [...row], parser };
}

test('plain, blank and quoted cells are the same numbers', () => {
  for (const line of ['1.5,-2', ' 1.5 , -2 ', '"1.5","-2"', '1.5,"-2"'])
    assert.deepEqual(parse(line).row, [1.5, -2], line);
  assert.deepEqual(parse('1.5;-2', ';').row, [1.5, -2]);
  assert.deepEqual(parse('1.5\t-2', '\t').row, [1.5, -2]);
  assert.deepEqual(parse('1.5   -2', ' ').row, [1.5, -2]);
});

test('only what is wanted is read, and all columns are counted', () => {
  const { columns, row } = parse('7,word,8', ',', [1, -1, 0]);
  assert.deepEqual([columns, row], [3, [8, 7]]);
});

test('an empty cell is no finite number, two words in one cell are none', () => {
  assert.equal(parse('1,').parser.notFinite, 1);
  const { parser } = parse('1,2 3');
  assert.deepEqual([parser.notNumber, parser.offending], [1, '2 3']);
});
