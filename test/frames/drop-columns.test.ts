import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropColumns } from '../../src/frames/drop-columns.js';

test('the other columns keep their order and their values, in memory that threads share', () => {
  const columns = ['a', 'b', 'c'].map((label) => ({ label }));
  const dataset = {
    columns,
    frames: 2,
    data: Float64Array.of(1, 2, 3, 4, 5, 6),
    time: Float64Array.of(0, 1),
    segments: [{ start: 0, end: 2, source: 'memory' }],
  };
  const kept = dropColumns(dataset, [1, 1]);
  assert.deepEqual(
    [kept.columns, [...kept.data]],
    [
      [columns[0], columns[2]],
      [1, 3, 4, 6],
    ],
  );
  assert.ok(kept.data.buffer instanceof SharedArrayBuffer);
  assert.equal(kept.time, dataset.time);
  assert.equal(dropColumns(dataset, [0, 1, 2]).data.length, 0);
});
