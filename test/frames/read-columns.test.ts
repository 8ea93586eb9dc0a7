import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readColumns, readTables } from '../../src/frames/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('read-columns');

function colvar(name: string, start: number, frames: number): string {
  const rows = Array.from({ length: frames }, (_, i) => `${start + i * 0.5} ${Math.sin(i)} ${i / 7}`);
  const head = ['#! FIELDS time phi d', '#! SET min_phi -pi', '#! SET max_phi pi'];
  writeFileSync(join(folder, name), [...head, ...rows, ''].join('\n'));
  return join(folder, name);
}

const files = [colvar('one', 0, 1000), colvar('two', 0, 500)];

test('columns are those of the table, frame by frame', async () => {
  const table = await readTables(files);
  const columns = await readColumns(files);
  assert.equal(columns.frames, 1500);
  assert.equal(columns.single, false);
  assert.deepEqual(columns.segments, table.segments);
  for (const [place, label] of ['phi', 'd'].entries())
    assert.deepEqual(
      Array.from(columns.values(label)),
      Array.from({ length: 1500 }, (_, frame) => table.data[frame * 2 + place]),
    );
  assert.deepEqual(columns.period('phi'), [-Math.PI, Math.PI]);
  assert.equal(columns.period('d'), undefined);
  for (const frame of [0, 1, 999, 1000, 1499])
    assert.ok(Math.abs(columns.time.at(frame)! - table.time[frame]) < 1e-6);
});

test('many numbers are held in single precision', async () => {
  const columns = await readColumns(files, { columns: ['d'], mostInDouble: 1000 });
  assert.ok(columns.single && columns.values('d') instanceof Float32Array);
  assert.equal(columns.values('d')[100], Math.fround(Number((100 / 7).toString())));
});

test('a column that is not there is answered with the closest', async () => {
  const columns = await readColumns(files);
  assert.throws(() => columns.values('ph'), { code: 'bad-argument', hint: 'did you mean phi?' });
});
