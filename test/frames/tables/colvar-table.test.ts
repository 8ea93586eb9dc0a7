import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readTables, readTableBatches, type TableOptions } from '../../../src/frames/index.js';
import { filesWith, fileWith, fixtures, table } from '../helpers.js';
import { temporaryFolder } from '../../temporary-folder.js';

async function times(paths: string | string[], options?: TableOptions): Promise<number[]> {
  return [...(await readTables(paths, options)).time];
}

test('a table that PLUMED wrote, restarted and wrote on: the restarted frames count, once', async () => {
  const set = await readTables(join(fixtures, 'COLVAR.restarted'));
  assert.deepEqual(
    set.columns.map((column) => column.label),
    ['phi', 'd1', 'd2', 'dv.x'],
  );
  assert.deepEqual(set.columns[0].period, [-Math.PI, Math.PI]);
  assert.equal(set.columns[1].period, undefined);
  assert.deepEqual([...set.time], [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6]);
  // The first run's frame at 0 ps, the first run's last frame that stands, the restarted run's first.
  assert.deepEqual([...set.data.subarray(0, 4)], [2.901483, 2.771287, 2.66893, 3.59044]);
  assert.deepEqual(
    [...set.data.subarray(32, 40)],
    [3.050567, 2.097359, 2.285097, 3.03718, 2.901483, 2.771287, 2.66893, 3.59044],
  );
  assert.deepEqual(
    set.segments.map(({ start, end }) => [start, end]),
    [[0, 13]],
  );
  assert.deepEqual(set.warnings, [
    `${join(fixtures, 'COLVAR.restarted')}: a restart within it wrote 3 frames from 4.5 ps on again, which count once`,
  ]);
});

test('columns are chosen by name, pattern or expression, in the order asked for', async () => {
  const path = join(fixtures, 'COLVAR.restarted');
  const labels = async (...columns: (string | RegExp)[]): Promise<string[]> =>
    (await readTables(path, { columns })).columns.map((column) => column.label);
  assert.deepEqual(await labels('d2', 'phi'), ['d2', 'phi']);
  assert.deepEqual(await labels('d?'), ['d1', 'd2']);
  assert.deepEqual(await labels('dv.x', 'd*'), ['dv.x', 'd1', 'd2']);
  assert.deepEqual(await labels(/d\d|phi/), ['phi', 'd1', 'd2']);
  const set = await readTables(path, { columns: ['d2', 'phi'] });
  assert.deepEqual([...set.data.subarray(0, 2)], [2.66893, 2.901483]);
});

test('a missing column is told with those there are and the closest', async () => {
  const path = join(fixtures, 'COLVAR.restarted');
  await assert.rejects(readTables(path, { columns: ['ph'] }), {
    code: 'bad-argument',
    message: `expected a column ph in ${path} but it has phi, d1, d2, dv.x`,
    hint: 'did you mean phi?',
  });
  await assert.rejects(readTables(path, { columns: ['time'] }), { code: 'bad-argument' });
});

test('blocks of any size give the same frames', async () => {
  const whole = await readTables(join(fixtures, 'COLVAR.restarted'));
  for (const chunkBytes of [1, 7, 64, 333]) {
    assert.deepEqual(await readTables(join(fixtures, 'COLVAR.restarted'), { chunkBytes }), whole);
  }
});

test('batches are the frames of one segment each', async () => {
  const paths = [await fileWith(table([0, 1, 2])), await fileWith(table([0, 1]))];
  const seen: [number, number, number[]][] = [];
  for await (const batch of readTableBatches(paths))
    seen.push([batch.segment, batch.frames, [...batch.data]]);
  assert.deepEqual(seen, [
    [0, 3, [0, 10, 20]],
    [1, 2, [0, 10]],
  ]);
});

test('a part that goes on where the last stopped belongs to the same segment', async () => {
  const paths = await filesWith({ a: table([0, 1, 2]), b: table([3, 4]) });
  const set = await readTables(paths, { parts: true });
  assert.deepEqual([...set.time], [0, 1, 2, 3, 4]);
  assert.equal(set.segments.length, 1);
});

test('a part that goes on earlier replaces what it repeats, in whatever order they are given, and that is told', async () => {
  const paths = await filesWith({ a: table([0, 1, 2, 3]), b: table([2, 3, 4], 0.5) });
  for (const given of [paths, paths.toReversed()]) {
    const set = await readTables(given, { parts: true });
    assert.deepEqual([...set.data], [0, 10, 20.5, 30.5, 40.5]);
    assert.deepEqual(set.segments, [{ start: 0, end: 5, source: paths[0] }]);
    assert.deepEqual(set.warnings, [
      `${paths[0]}: 2 frames from 2 ps on are replaced by those of ${paths[1]}, a later part of the run`,
    ]);
  }
});

test('files are runs of their own, whatever their times and their order, and keep all frames', async () => {
  const times = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const paths = await filesWith({ 'walker-1': table(times(0, 1000)), 'walker-2': table(times(100, 1100)) });
  for (const given of [paths, paths.toReversed()]) {
    const { frames, segments, warnings } = await readTables(given);
    assert.equal(frames, 2002);
    assert.deepEqual(
      segments.map(({ source }) => source),
      given,
    );
    assert.deepEqual(warnings, [
      `${paths[1]} begins at 100 ps and ${paths[0]} ends at 1000 ps: they are taken as runs of their own; ` +
        '‘parts’ joins files of a folder to one run',
    ]);
  }
});

test('of several restarts the last one counts, however far it goes back', async () => {
  const text = table([0, 1, 2, 3, 4, 5]) + table([3, 4], 0.1) + table([2, 3], 0.2) + table([3, 4], 0.3);
  assert.deepEqual([...(await readTables(await fileWith(text))).data], [0, 10, 20.2, 30.3, 40.3]);
});

test('a restart without a header of its own is seen by its times', async () => {
  const text = table([0, 1, 2]) + ' 1.000000 10.5\n 2.000000 20.5\n';
  assert.deepEqual([...(await readTables(await fileWith(text))).data], [0, 10.5, 20.5]);
});

test('another file that starts over is a segment of its own', async () => {
  const paths = [
    await fileWith(table([0, 1, 2])),
    await fileWith(table([0, 1])),
    await fileWith(table([1, 2, 3])),
  ];
  const { segments, frames } = await readTables(paths);
  assert.equal(frames, 8);
  assert.deepEqual(segments, [
    { start: 0, end: 3, source: paths[0] },
    { start: 3, end: 5, source: paths[1] },
    { start: 5, end: 8, source: paths[2] },
  ]);
});

test('a hole between parts ends a segment', async () => {
  const paths = await filesWith({ a: table([0, 1, 2]), b: table([5, 6]) });
  const { segments } = await readTables(paths, { parts: true });
  assert.deepEqual(
    segments.map(({ source }) => source),
    [paths[0], paths[0]],
  );
  assert.deepEqual(
    segments.map(({ start, end }) => [start, end]),
    [
      [0, 3],
      [3, 5],
    ],
  );
});

test('one file that starts over holds another run, and says so; `parts` says that it is one', async () => {
  const path = await fileWith(table([0, 1, 2]) + table([0, 1], 0.5));
  const set = await readTables(path);
  assert.deepEqual([...set.data], [0, 10, 20, 0.5, 10.5]);
  assert.equal(set.segments.length, 2);
  assert.equal(set.warnings.length, 1);
  assert.match(set.warnings[0], /COLVAR: time starts over at 0 ps, so another run begins there/);
  const one = await readTables(path, { parts: true });
  assert.deepEqual([...one.data], [0.5, 10.5]);
  assert.match(one.warnings.join('\n'), /COLVAR: a restart within it wrote 3 frames from 0 ps on again/);
});

test('begin, end and stride choose frames, also across a restart', async () => {
  const path = await fileWith(table([0, 1, 2, 3, 4, 5]) + table([4, 5, 6, 7, 8]));
  assert.deepEqual(await times(path, { begin: 2, end: 6 }), [2, 3, 4, 5, 6]);
  assert.deepEqual(await times(path, { stride: 3 }), [0, 3, 6]);
  assert.deepEqual(await times(path, { begin: 1, stride: 2 }), [1, 3, 5, 7]);
  await assert.rejects(readTables(path, { begin: 9 }), { code: 'bad-data', message: /between 9 and ∞ ps/ });
  await assert.rejects(readTables(path, { stride: 0 }), { code: 'bad-argument' });
});

test('times in another unit come out in ps', async () => {
  assert.deepEqual(await times(await fileWith(table([0, 1, 2])), { timeUnit: 1000, end: 1000 }), [0, 1000]);
});

test('gzip is read whatever the name, also in several members', async () => {
  const [first, second] = [table([0, 1]), table([2, 3])];
  const path = await fileWith(Buffer.concat([gzipSync(first), gzipSync(second)]), 'COLVAR');
  assert.deepEqual(await times(path), [0, 1, 2, 3]);
});

test('a gzip file without its end is read to the last whole line', async () => {
  const packed = gzipSync(table(Array.from({ length: 3000 }, (_, i) => i)));
  const set = await readTables(await fileWith(packed.subarray(0, packed.length - 100)));
  assert.ok(set.frames > 1000 && set.frames < 3000, String(set.frames));
  assert.equal(set.data[set.frames - 1], 10 * (set.frames - 1));
});

test('a damaged gzip file is refused', async () => {
  const packed = gzipSync(table([0, 1, 2]));
  packed.fill(0xff, 12, 30);
  await assert.rejects(readTables(await fileWith(packed)), { code: 'file-format', message: /cannot unpack/ });
});

test('windows line ends, comments and empty lines do no harm', async () => {
  const path = await fileWith('# a comment\r\n#! FIELDS time d1\r\n\r\n 0 1 # here\r\n# there\r\n 1 2\r\n');
  assert.deepEqual([...(await readTables(path)).data], [1, 2]);
});

test('NaN stops the reading with file, line and column', async () => {
  const path = await fileWith('#! FIELDS time d1 d2\n 0 1 2\n 1 2 nan\n 2 3 4\n');
  await assert.rejects(readTables(path), {
    code: 'bad-data',
    message: `expected a finite number at ${path}:3, column 3 (d2), but received nan`,
  });
  assert.equal((await readTables(path, { columns: ['d1'] })).frames, 3);
  assert.equal((await readTables(path, { end: 0.5 })).frames, 1);
});

test('frames with NaN are left out on request, and what follows is a new segment', async () => {
  const path = await fileWith('#! FIELDS time d1\n 0 1\n 1 inf\n 2 3\n 3 4\n');
  const set = await readTables(path, { nonFinite: 'drop' });
  assert.deepEqual([...set.data], [1, 3, 4]);
  assert.deepEqual(
    set.segments.map(({ start, end }) => [start, end]),
    [
      [0, 1],
      [1, 3],
    ],
  );
  assert.match(set.warnings[0], /1 frames with NaN or infinite values left out/);
});

test('text where a number belongs is refused', async () => {
  const path = await fileWith('#! FIELDS time d1\n 0 1\n 1 two\n');
  await assert.rejects(readTables(path), {
    code: 'bad-data',
    message: `expected a number at ${path}:3, column 2 (d1), but received two`,
  });
});

test('a ragged line is refused with both counts', async () => {
  for (const [line, columns] of [
    [' 1 2', 2],
    [' 1 2 3 4', 4],
  ] as const) {
    const path = await fileWith(`#! FIELDS time d1 d2\n 0 1 2\n${line}\n 2 3 4\n`);
    await assert.rejects(readTables(path), {
      code: 'file-format',
      message: `expected 3 columns at ${path}:3 but received ${columns}`,
    });
  }
});

test('a last line that a crash cut off is left out with a warning', async () => {
  for (const end of [' 2 30.', ' 2 30.5', ' 2\n', ' 2', ' 1', ' 0.\n']) {
    const path = await fileWith(`#! FIELDS time d1\n 0.5 1\n 1 20\n${end}`);
    const set = await readTables(path);
    assert.deepEqual([...set.data], [1, 20], JSON.stringify(end));
    assert.equal(set.warnings.length, 1);
    assert.match(set.warnings[0], /COLVAR:4: the line is cut off/);
  }
});

test('a restart that writes on in a cut-off line is understood', async () => {
  const path = await fileWith(`${table([0, 1, 2])} 3.0000${table([2, 3], 0.5)}`);
  const set = await readTables(path);
  assert.deepEqual([...set.data], [0, 10, 20.5, 30.5]);
  assert.match(set.warnings[0], /COLVAR:5: the line is cut off/);
});

test('columns that change within a file are refused with both', async () => {
  const path = await fileWith('#! FIELDS time d1\n 0 1\n#! FIELDS time d2\n 1 2\n');
  await assert.rejects(readTables(path), {
    code: 'file-format',
    message: `expected the columns of ${path}:1 (time d1) but received others at ${path}:3 (time d2)`,
  });
});

test('files may differ in columns that are not asked for', async () => {
  const paths = [
    await fileWith('#! FIELDS time d1 d2\n 0 1 2\n'),
    await fileWith('#! FIELDS time x d1\n 1 9 3\n'),
  ];
  assert.deepEqual([...(await readTables(paths, { columns: ['d1'] })).data], [1, 3]);
  await assert.rejects(readTables(paths), {
    code: 'bad-data',
    message: /COLVAR has d2 and .*COLVAR has not/,
  });
});

test('files that are no tables are refused', async () => {
  await assert.rejects(readTables(await fileWith('')), {
    code: 'file-format',
    message: /no "#! FIELDS" line/,
  });
  await assert.rejects(readTables(await fileWith('1 2\n')), {
    code: 'file-format',
    message: /before the numbers at .*:1/,
  });
  await assert.rejects(readTables(await fileWith('#! FIELDS d1\n 1\n')), {
    code: 'file-format',
    message: /"time"/,
  });
  await assert.rejects(readTables(await fileWith('#! FIELDS time d1\n')), { code: 'bad-data' });
  await assert.rejects(readTables('/no/such/COLVAR'), { code: 'file-not-found' });
  await assert.rejects(readTables(temporaryFolder('')), { code: 'file-access' });
  await assert.rejects(readTables([]), { code: 'bad-argument' });
});

test('columns come in our units, and those that a file need not have are 0 there', async () => {
  const full = await fileWith('#! FIELDS time a b v\n0 1 2 3\n1 4 5 6\n');
  const lacking = await fileWith('#! FIELDS time b a\n0 7 8\n1 9 10\n');
  const options = { columns: ['v', 'b', 'a'], factors: { v: 4.184, a: 0.1 } };
  await assert.rejects(readTables([full, lacking], options), { message: /expected a column v/ });
  const set = await readTables([full, lacking], { ...options, absent: { columns: ['v'], files: [lacking] } });
  const expected = [3 * 4.184, 2, 0.1, 6 * 4.184, 5, 4 * 0.1, 0, 7, 8 * 0.1, 0, 9, 1];
  assert.deepEqual([...set.data], expected);
  const unbiased = await readTables(full, { ...options, absent: { columns: ['v'], files: [full] } });
  assert.deepEqual([...unbiased.data], [0, 2, 0.1, 0, 5, 4 * 0.1]);
});

test('a bias that is missing is answered with `unbiased`, never with another potential', async () => {
  const file = await fileWith('#! FIELDS time a pot.bias\n0 1 2\n');
  await assert.rejects(
    readTables(file, { columns: ['a', 'opes.bias'] }),
    (error: Error & { hint?: string }) => {
      assert.match(error.hint ?? '', /‘unbiased’/);
      return true;
    },
  );
});

test('a grid of PLUMED has ends where it is not periodic, and says so', async () => {
  const ends = '#! SET min_x -1\n#! SET max_x 1\n#! SET min_phi -pi\n#! SET max_phi pi\n';
  const kinds = '#! SET periodic_x false\n#! SET periodic_phi true\n';
  const path = await fileWith(`#! FIELDS time x phi\n${ends}${kinds} 0 1 2\n 1 2 3\n`);
  const { columns } = await readTables(path);
  assert.deepEqual(columns, [{ label: 'x' }, { label: 'phi', period: [-Math.PI, Math.PI] }]);
});
