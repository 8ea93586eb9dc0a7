import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrayTable, rowsAtOnce, type ArraySource } from '../../../src/frames/tables/array-table.js';

// eslint-disable-next-line @typescript-eslint/require-await
async function* chunks(rows: number[][], chosen: readonly number[]): AsyncGenerator<Float64Array> {
  for (const row of rows) yield Float64Array.from(chosen, (column) => row[column]);
}
const sourceOf = (rows: number[][]): ArraySource => ({
  path: 'a.npy',
  rows: rows.length,
  width: 2,
  labels: ['time', 'phi'],
  periods: new Map([['phi', [0, 1] as const]]),
  chunks: (chosen) => chunks(rows, chosen),
});

test('labels, periods and places are those of the file; times that go back begin a segment', async () => {
  const rows = [0, 1, 2, 0, 1].map((time) => [time, 0.5]);
  const table = await arrayTable(sourceOf(rows), {});
  assert.deepEqual([table.labels, table.column('phi')], [['phi'], { label: 'phi', period: [0, 1] }]);
  assert.equal(table.place(3), 'a.npy, row 3');
  assert.deepEqual(
    table.segments.map(({ at, first, last }) => [at, first, last]),
    [
      [0, 0, 2],
      [3, 0, 1],
    ],
  );
});

test('rows are read by what fits, one at least', () => {
  assert.equal(rowsAtOnce(24, { chunkBytes: 100 }), 4);
  assert.equal(rowsAtOnce(200, { chunkBytes: 100 }), 1);
  assert.equal(rowsAtOnce(0, { chunkBytes: 100 }), 100);
});
