import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, copyFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readTables, writeTable, type Dataset } from '../../src/frames/index.js';
import { planBatches, readPlannedBatches } from '../../src/frames/table-batches.js';
import { temporaryFolder } from '../temporary-folder.js';
import { fileWith, table } from './helpers.js';

const times = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** A second reading of what a file held when it was looked through, after something happened to it. */
async function readAfter(path: string, meanwhile: () => Promise<unknown>): Promise<[number, number][]> {
  const { plan, mostFrames } = await planBatches(path, { chunkBytes: 64, timestep: 1 });
  await meanwhile();
  const rows: [number, number][] = [];
  for await (const { frames, time, data } of readPlannedBatches(plan, { chunkBytes: 64, timestep: 1 }))
    for (let i = 0; i < frames; i++) rows.push([time[i], data[i]]);
  assert.ok(rows.length <= mostFrames, `${rows.length} of at most ${mostFrames}`);
  return rows;
}

const rowsOf = (list: readonly number[]): [number, number][] => list.map((time) => [time, 10 * time]);
const more = (from: number, to: number): string => table(times(from, to)).replace(/^.*\n/, '');

test('a COLVAR that grows between the readings ends where it ended', async () => {
  const path = await fileWith(table(times(0, 50)));
  assert.deepEqual(await readAfter(path, () => appendFile(path, more(50, 500))), rowsOf(times(0, 50)));
});

test('a line that was cut off at first and is whole later is left to the next reading', async () => {
  for (const cut of [1, 4, 9, 14]) {
    const [head, line] = [table(times(0, 50)), more(50, 51)];
    const path = await fileWith(head + line.slice(0, cut));
    const found = await readAfter(path, () => appendFile(path, line.slice(cut) + more(51, 99)));
    assert.deepEqual(found, rowsOf(times(0, 50)), `cut after ${cut} characters`);
  }
});

test('so does a packed one, and a CSV', async () => {
  const packed = await fileWith(gzipSync(table(times(0, 50))), 'COLVAR.gz');
  const grown = await readAfter(packed, () => appendFile(packed, gzipSync(more(50, 500))));
  assert.deepEqual(grown, rowsOf(times(0, 50)));
  const lines = (from: number, to: number): string =>
    times(from, to)
      .map((t) => `${t},${10 * t}\n`)
      .join('');
  const csv = await fileWith(`time,d1\n${lines(0, 50)}`, 'grows.csv');
  assert.deepEqual(await readAfter(csv, () => appendFile(csv, lines(50, 500))), rowsOf(times(0, 50)));
});

const dataset = (frames: number): Dataset => ({
  columns: [{ label: 'd1' }],
  frames,
  data: Float64Array.from({ length: frames }, (_, i) => 10 * i),
  time: Float64Array.from({ length: frames }, (_, i) => i),
  segments: [{ start: 0, end: frames, source: 'test' }],
});

test('NPY and HDF5 files that were written longer in the meantime give the rows they had', async () => {
  const folder = temporaryFolder('grows');
  for (const ending of ['npy', 'h5']) {
    const [short, long] = [join(folder, `short.${ending}`), join(folder, `long.${ending}`)];
    await writeTable(short, dataset(50));
    await writeTable(long, dataset(500));
    const grown = () => copyFile(long, short);
    assert.deepEqual(await readAfter(short, grown), rowsOf(times(0, 50)), ending);
  }
});

test('a file that became shorter in the meantime is refused', async () => {
  const path = await fileWith(table(times(0, 500)));
  const { length } = await readFile(path);
  await assert.rejects(
    readAfter(path, () => truncate(path, length - 300)),
    {
      code: 'bad-data',
      message: new RegExp(`expected the ${length} bytes that .* but it ends after ${length - 300}`),
    },
  );
  const npy = join(temporaryFolder('shrinks'), 'table.npy');
  await writeTable(npy, dataset(50));
  await assert.rejects(
    readAfter(npy, () => truncate(npy, 300)),
    { code: 'bad-data', message: /but it ends after 300/ },
  );
});

test('a COLVAR that another process writes all the while is read again and again, no row wrong', async () => {
  const path = join(temporaryFolder('running'), 'COLVAR');
  await writeFile(path, table([0]));
  // as PLUMED does: whole blocks of its buffer, which end anywhere within a line
  const writer = `
    const { appendFileSync } = require('node:fs');
    let [time, rest] = [1, ''];
    setInterval(() => {
      for (let i = 0; i < 200; i++, time++) rest += ' ' + time.toFixed(6) + ' ' + 10 * time + '\\n';
      const end = rest.length - 1 - (time % 17);
      appendFileSync(${JSON.stringify(path)}, rest.slice(0, end));
      rest = rest.slice(end);
    }, 1);`;
  const child = spawn(process.execPath, ['-e', writer], { stdio: 'inherit' });
  try {
    const counts: number[] = [];
    while (counts.length < 10 || new Set(counts).size < 5) {
      const { frames, time, data } = await readTables(path);
      counts.push(frames);
      assert.deepEqual([...time], times(0, frames));
      assert.deepEqual(
        [...data],
        rowsOf([...time]).map(([, value]) => value),
      );
    }
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => a - b),
    );
  } finally {
    child.kill();
    await once(child, 'exit');
  }
});
