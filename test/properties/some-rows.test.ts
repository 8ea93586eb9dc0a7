import assert from 'node:assert/strict';
import { test } from 'node:test';
import { someColumns, someRows } from '../../src/properties/some-rows.js';
import { tableOf } from '../training/data.js';

const table = tableOf([{ label: 'a' }, { label: 'b' }], Float64Array.of(1, 2, 3, 4, 5, 6));

test('rows and columns of a table, in the order that is asked for', () => {
  const rows = someRows(table, [2, 0]);
  assert.deepEqual([rows.frames, [...rows.data], [...rows.time]], [2, [5, 6, 1, 2], [0, 1]]);
  assert.deepEqual([...someColumns(rows, ['b']).data], [6, 2]);
});
