import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellsOf, readCsvHeader } from '../../../src/frames/tables/csv-header.js';
import { fileWith } from '../helpers.js';

test('cells are trimmed, quotes resolved, empty ones kept but between blanks', () => {
  assert.deepEqual(cellsOf('a, "b,c" ,,d', ','), ['a', 'b,c', '', 'd']);
  assert.deepEqual(cellsOf('  1   2 3', ' '), ['1', '2', '3']);
  assert.deepEqual(cellsOf('1,"2', ','), []);
});

const found: [string, string, string, string[] | undefined, number][] = [
  ['commas', 'time,d1\n0,1\n', ',', ['time', 'd1'], 2],
  ['semicolons, with commas within the names', 'a,b;c\n0;1\n', ';', ['a,b', 'c'], 2],
  ['tabs below an empty line', '\na\tb\n0\t1\n', '\t', ['a', 'b'], 3],
  ['blanks without names', '0 1\n1 2\n', ' ', undefined, 1],
  ['names in the last comment', '# of a run\n# time d1\n0 1\n', ' ', ['time', 'd1'], 3],
  ['a comment that has other words', '# some table\n0,1,2\n', ',', undefined, 2],
];
for (const [what, content, separator, labels, firstLine] of found)
  test(what, async () => {
    const header = await readCsvHeader(await fileWith(content, 'table'));
    assert.deepEqual([header.separator, header.labels, header.firstLine], [separator, labels, firstLine]);
  });
