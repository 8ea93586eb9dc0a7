import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BatchBuilder } from '../../../src/frames/timeline/batch-builder.js';

const columns = [{ label: 'a' }, { label: 'b' }];

function add(builder: BatchBuilder, value: number, segment: number): void {
  builder.data.set([value, -value], builder.offset);
  builder.add(value / 10, segment);
}

test('batches are the rows of one segment each, in order', () => {
  const builder = new BatchBuilder(columns, 'run');
  [0, 1, 2].forEach((value) => add(builder, value, 0));
  add(builder, 3, 1);
  const batches = builder.take();
  assert.deepEqual(
    batches.map(({ frames, segment, source, data, time }) => [frames, segment, source, [...data], [...time]]),
    [
      [3, 0, 'run', [0, -0, 1, -1, 2, -2], [0, 0.1, 0.2]],
      [1, 1, 'run', [3, -3], [0.3]],
    ],
  );
  assert.deepEqual([builder.take(), builder.offset], [[], 0]);
});

test('it grows, and keeps room for a row and one value more', () => {
  const builder = new BatchBuilder(columns, 'run');
  for (let i = 0; i < 1000; i++) {
    assert.ok(builder.data.length >= builder.offset + columns.length + 1);
    add(builder, i, 0);
  }
  const [{ frames, data, time }] = builder.take();
  assert.deepEqual([frames, data[1998], data[1999], time[999]], [1000, 999, -999, 99.9]);
});
