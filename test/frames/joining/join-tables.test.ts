import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  collectFrames,
  joinTables,
  type Dataset,
  type FrameBatch,
  type FrameStream,
  type JoinedTables,
} from '../../../src/frames/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('joining');

const times = (count: number, spacing: number, first = 0): number[] =>
  Array.from({ length: count }, (_, i) => first + i * spacing);

/** A COLVAR whose bias is ten times the time of its row, ps. */
function table(name: string, rows: readonly number[], unit = 1): string {
  const path = join(folder, name);
  const lines = rows.map((time) => `${(time / unit).toFixed(6)} ${10 * time} 1`);
  writeFileSync(path, ['#! FIELDS time opes.bias state', ...lines, ''].join('\n'));
  return path;
}

/** Frames of runs whose descriptor is their time, in single precision as XTC has it. */
function frames(runs: Record<string, readonly (readonly number[])[]>): FrameStream {
  const columns = [{ label: 'd' }];
  const batches = Object.entries(runs)
    .flatMap(([source, segments]) => segments.map((own) => ({ source, own })))
    .map(({ source, own }, segment): FrameBatch => {
      const data = Float64Array.from(own, Math.fround);
      return { columns, frames: own.length, data, time: data, segment, source };
    });
  const mostFrames = batches.reduce((sum, batch) => sum + batch.frames, 0);
  return {
    columns,
    mostFrames,
    batches: async function* () {
      await Promise.resolve();
      yield* batches;
    },
  };
}

/** Joins, and what was told. */
async function joined(
  stream: FrameStream,
  tables: Record<string, string[]>,
  options: Partial<JoinedTables> = {},
): Promise<Dataset & { notes: string[]; warnings: string[] }> {
  const [notes, warnings]: string[][] = [[], []];
  const { reading, ...rest } = options;
  const all = await joinTables(stream, {
    tables,
    columns: ['opes.bias'],
    absent: ['opes.bias'],
    ...rest,
    reading: { ...reading, onWarning: (line) => warnings.push(line) },
    onNote: (line) => notes.push(line),
  });
  return { ...(await collectFrames(all)), notes, warnings };
}

const rowsOf = ({ data, frames }: Dataset): number[][] =>
  Array.from({ length: frames }, (_, i) => [...data.subarray(2 * i, 2 * i + 2)]);

test('frames and rows at the same times have the columns of both, whichever is written more often', async () => {
  const often = await joined(frames({ a: [times(11, 1)] }), { a: [table('often', times(51, 0.2))] });
  assert.deepEqual(often.columns, [{ label: 'd' }, { label: 'opes.bias', aside: true }]);
  assert.deepEqual(
    rowsOf(often),
    times(11, 1).map((time) => [time, 10 * time]),
  );
  assert.deepEqual(often.segments, [{ start: 0, end: 11, source: 'a' }]);
  assert.match(
    often.notes.join(),
    /^a and .*often: 11 frames at common times, 0 to 10 ps; .* are 40 rows \(0\.2 to 9\.8 ps\)$/,
  );
  assert.deepEqual(often.warnings, []);
  const seldom = await joined(frames({ a: [times(51, 0.2)] }), { a: [table('seldom', times(5, 3))] });
  assert.deepEqual([...seldom.time], [0, 3, 6, 9]);
  assert.equal(seldom.segments.length, 1);
  assert.match(
    [...seldom.notes, ...seldom.warnings].join(),
    /47 frames \(0\.2 to 10 ps\) and 1 row \(at 12 ps\)/,
  );
});

test('at unequal strides the common times are all that can be expected, and what is missing of them is a hole', async () => {
  const both = await joined(frames({ a: [times(31, 2)] }), { a: [table('three', times(21, 3))] });
  assert.deepEqual([...both.time], times(11, 6));
  assert.equal(both.segments.length, 1);
  const rows = times(21, 3).filter((time) => time < 18 || time > 30);
  const hole = await joined(frames({ a: [times(31, 2)] }), { a: [table('hole', rows)] });
  assert.deepEqual([...hole.time], [0, 6, 12, 36, 42, 48, 54, 60]);
  assert.deepEqual(
    hole.segments.map(({ start, end }) => [start, end]),
    [
      [0, 3],
      [3, 8],
    ],
  );
  assert.equal(hole.warnings.length, 1);
});

test('rows that a restart wrote again count as it wrote them, at times in single precision', async () => {
  const rows = [...times(60, 0.1, 1000), ...times(71, 0.1, 1003)];
  const path = table('restart', rows);
  const text = [
    ...times(60, 0.1, 1000).map((time) => [time, -1]),
    ...times(71, 0.1, 1003).map((time) => [time, time]),
  ];
  writeFileSync(
    path,
    [
      '#! FIELDS time opes.bias state',
      ...text.map(([time, bias]) => `${time.toFixed(6)} ${bias} 1`),
      '',
    ].join('\n'),
  );
  const all = await joined(frames({ a: [times(101, 0.1, 1000)] }), { a: [path] });
  assert.equal(all.frames, 101);
  assert.ok(
    rowsOf(all).every(([time, bias]) => (time < 1002.99 ? bias === -1 : Math.abs(bias - time) < 1e-3)),
  );
  assert.match(all.warnings.join(), /restart within it wrote 30 frames from 1003 ps on again/);
});

test('runs without a table have no bias; another column has to be there', async () => {
  const stream = frames({ a: [times(5, 1)], b: [times(3, 1), times(2, 1, 10)] });
  const tables = { a: [table('a', times(5, 1))] };
  const all = await joined(stream, tables);
  assert.deepEqual(
    rowsOf(all).map(([, bias]) => bias),
    [0, 10, 20, 30, 40, 0, 0, 0, 0, 0],
  );
  assert.deepEqual(
    all.segments.map(({ source, end }) => [source, end]),
    [
      ['a', 5],
      ['b', 8],
      ['b', 10],
    ],
  );
  assert.deepEqual(all.notes, []);
  await assert.rejects(joined(stream, tables, { columns: ['opes.bias', 'state'] }), {
    code: 'bad-data',
    message: 'expected a table with state for the frames of b but received none',
  });
});

test('a stride takes of the joined frames', async () => {
  const path = table('strided', times(11, 1));
  const { time } = await joined(frames({ a: [times(51, 0.2)] }), { a: [path] }, { reading: { stride: 3 } });
  assert.deepEqual([...time], [0, 3, 6, 9]);
});

test('tables of another run are refused with the times of both, and of another unit with the factor', async () => {
  await assert.rejects(joined(frames({ a: [times(5, 1)] }), { a: [table('late', times(5, 1, 100))] }), {
    code: 'bad-data',
    message: /common times but a has 5 frames, 0 to 4 ps, and .*late 5 rows, 100 to 104 ps$/,
  });
  // two of 1001 rows in ns are at times of frames in ps by chance
  const path = table('ns', times(1001, 1), 1000);
  const stream = frames({ a: [times(1001, 1)] });
  await assert.rejects(joined(stream, { a: [path] }), {
    code: 'bad-data',
    hint: /times differ by a factor of 1000: ‘timeUnit’/,
  });
  const right = await joined(stream, { a: [path] }, { reading: { timeUnit: 1000 } });
  assert.equal(right.frames, 1001);
  await assert.rejects(
    joined(frames({ a: [times(5, 1), times(5, 1)] }), { a: [table('back', times(5, 1))] }),
    {
      code: 'bad-data',
      message: /growing times.* one at 0 ps follows one at 4 ps/,
    },
  );
});
