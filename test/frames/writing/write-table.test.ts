import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  fingerprint,
  frameSpacing,
  readTables,
  writeTable,
  type Dataset,
} from '../../../src/frames/index.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { fileWith, table } from '../helpers.js';
import { hard } from './written-tables.js';

const dataset: Dataset = {
  columns: [{ label: 'phi', period: [-Math.PI, Math.PI] }, { label: 'd1' }],
  frames: 3,
  data: Float64Array.of(0.1 + 0.2, 1e-7, -1 / 3, 12345678.9, -0, 5e-324),
  time: Float64Array.of(0, 0.1, 0.2),
  segments: [{ start: 0, end: 3, source: 'memory' }],
};

test('a table reads back bit for bit', async () => {
  const path = await fileWith('');
  await writeTable(path, dataset);
  const back = await readTables(path);
  assert.deepEqual(back.data, dataset.data);
  assert.deepEqual(back.time, dataset.time);
  assert.deepEqual(back.columns, dataset.columns);
  assert.equal(
    (await readFile(path, 'utf8')).split('\n').slice(0, 3).join('\n'),
    '#! FIELDS time phi d1\n#! SET min_phi -pi\n#! SET max_phi pi',
  );
});

test('times that go back are refused', async () => {
  const path = await fileWith('');
  await assert.rejects(writeTable(path, { ...dataset, time: Float64Array.of(0, 1, 0) }), {
    code: 'bad-argument',
    message: /frame 2 has 0 ps after 1 ps/,
  });
});

test('the fingerprint tells data and labels apart', () => {
  const print = fingerprint(dataset);
  assert.match(print, /^[0-9a-f]{64}$/);
  assert.equal(fingerprint({ ...dataset, data: dataset.data.slice() }), print);
  assert.notEqual(fingerprint({ ...dataset, data: dataset.data.map((x) => x + 1) }), print);
  assert.notEqual(fingerprint({ ...dataset, columns: [{ label: 'phi' }, { label: 'd2' }] }), print);
  // A part of a larger array is its values alone.
  assert.equal(
    fingerprint({ ...dataset, data: Float64Array.of(9, ...dataset.data, 9).subarray(1, 7) }),
    print,
  );
});

test('the spacing of frames is that of all segments', async () => {
  const paths = [await fileWith(table([0, 0.5, 1])), await fileWith(table([0, 0.5]))];
  assert.deepEqual(frameSpacing(await readTables(paths)), { spacing: 0.5 });
  assert.deepEqual(frameSpacing(await readTables(paths, { stride: 2 })), { spacing: 1 });
});

test('uneven spacing is refused with the place', async () => {
  const uneven = await readTables(await fileWith(table([0, 1, 2, 4, 5])));
  assert.throws(() => frameSpacing(uneven), {
    code: 'bad-data',
    message: /expected frames every 1 ps but received 2 ps between frames 2 and 3/,
  });
  const single = await readTables(await fileWith(table([0])));
  assert.throws(() => frameSpacing(single), { code: 'bad-data', message: /at least two frames/ });
});

const place = temporaryFolder('written');

test('packed files are read but not written', async () => {
  await assert.rejects(writeTable(join(place, 'x.csv.gz'), hard), { code: 'bad-argument' });
});

test('each trajectory is written to a file of its own', async () => {
  const segments = [
    { start: 0, end: 2, source: 'a' },
    { start: 2, end: 4, source: 'b' },
  ];
  const path = join(place, 'two.csv');
  const time = Float64Array.of(0, 1, 0, 1);
  const written = await writeTable(path, { ...hard, time, segments });
  assert.deepEqual(
    written.map(({ path: each }) => each),
    [join(place, 'two-1.csv'), join(place, 'two-2.csv')],
  );
  assert.deepEqual((await readTables(written.map(({ path: each }) => each))).data, hard.data);
});
