import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { AddedColumn, columnValues, readTables } from '../../../src/frames/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('added-column');

function table(name: string, times: readonly number[]): string {
  const path = join(folder, name);
  writeFileSync(path, ['#! FIELDS time x', ...times.map((time) => `${time} ${10 * time}`), ''].join('\n'));
  return path;
}

const [a, b] = [table('a', [0, 0.5, 1, 1.5]), table('b', [0, 0.5])];
const added = new AddedColumn(
  'w',
  new Map([[a, { time: Float64Array.of(0.5, 1, 1.5), values: Float64Array.of(5, 10, 15) }]]),
);

test('a column is read as if files had it: by file and time, 0 where it is not known', async () => {
  const all = await readTables([a, b], { added });
  assert.deepEqual(
    all.columns.map(({ label }) => label),
    ['x', 'w'],
  );
  assert.deepEqual([...columnValues(all, 'w')], [0, 5, 10, 15, 0, 0]);
  const some = await readTables([a], { added, columns: ['w', 'x'], stride: 2, begin: 0.5 });
  assert.deepEqual([...some.data], [5, 5, 15, 15]);
});

test('times are in ps whatever the unit of the file, and may be off by what keeping them costs', async () => {
  const picoseconds = new AddedColumn(
    'w',
    new Map([
      [a, { time: Float64Array.of(0, 500.0001, 1000, 1499.9999), values: Float64Array.of(1, 2, 3, 4) }],
    ]),
  );
  const all = await readTables([a], { added: picoseconds, timeUnit: 1000 });
  assert.deepEqual([...columnValues(all, 'w')], [1, 2, 3, 4]);
  assert.equal(picoseconds.at(a, 250), 0);
});

test('columns of equal values have one key', () => {
  const made = (value: number): string =>
    new AddedColumn('w', new Map([[a, { time: Float64Array.of(0), values: Float64Array.of(value) }]])).key;
  assert.equal(made(1), made(1));
  assert.notEqual(made(1), made(2));
});
