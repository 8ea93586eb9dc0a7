import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTables } from '../../../src/frames/index.js';
import { fileWith, fixtures } from '../helpers.js';
import { folder, labelsOf, reference, refuses, text } from '../tables-of-python.js';

test('what pandas and MDTraj wrote', async () => {
  const [first, last] = [
    [-0.8019314252534474, -1.324358995628145, -0.24836162209524854],
    0.42082412505635486,
  ];
  for (const name of ['pandas.csv', 'pandas-index.csv', 'pandas.h5']) {
    const set = await readTables(join(fixtures, name), name === 'pandas-index.csv' ? { timestep: 0.5 } : {});
    assert.deepEqual(labelsOf(set), ['phi', 'd1', 'd 2'], name);
    assert.deepEqual([...set.data.subarray(0, 3), set.data.at(-1)], [...first, last], name);
    assert.deepEqual([set.frames, set.time[39]], [40, 19.5], name);
  }
  const columns = await readTables(join(fixtures, 'mdtraj.h5'), { columns: ['phi', 'd1'] });
  assert.deepEqual([...columns.data.subarray(0, 2), columns.time[39]], [first[0], first[1], 19.5]);
  const array = await readTables(join(fixtures, 'mdtraj-array.h5'), { timestep: 0.5 });
  assert.deepEqual([...array.data.subarray(0, 3)], first.map(Math.fround));
});

test('restarts and trajectories are told by their times as in a COLVAR', async () => {
  const first = await fileWith('time,d1\n0,0\n1,10\n2,20\n1.5,15\n2.5,25\n', 'a.csv');
  const second = await fileWith('time,d1\n0,1\n1,11\n', 'b.csv');
  const set = await readTables([first, second], { stride: 1 });
  assert.deepEqual([...set.data], [0, 10, 15, 25, 1, 11]);
  assert.deepEqual(
    set.segments.map(({ start, end }) => [start, end]),
    [
      [0, 4],
      [4, 6],
    ],
  );
  // files without times are trajectories of their own
  const arrays = await readTables([join(folder, 'c.npy'), join(folder, 'fortran.npy')], {
    timestep: 1,
    begin: 40,
  });
  assert.deepEqual(
    arrays.segments.map(({ start, end }) => [start, end]),
    [
      [0, 10],
      [10, 20],
    ],
  );
  // and formats can be mixed
  const mixed = await readTables([join(folder, 'excel.csv'), join(folder, 'array.h5')]);
  assert.deepEqual([...mixed.data], [...reference.data, ...reference.data]);
});

refuses([
  [
    'text called NPY',
    () => text('1 2\n', 'x.npy'),
    /expected an array of numpy\.save in .*, as its ending says/,
    'file-format',
  ],
  ['an archive', () => text('PK\x03\x04', 'x.npz'), /is an archive/, 'other-kind'],
  ['a file of another kind', () => text('a\0b'), /binary file of another kind/, 'other-kind'],
  ['no file', () => '/no/such.csv', /^cannot read \/no\/such.csv: there is no such file$/, 'file-not-found'],
]);

test('a COLVAR keeps its name, whatever its ending', async () => {
  const csv = join(folder, 'colvar.csv');
  copyFileSync(join(fixtures, 'COLVAR.restarted'), csv);
  assert.equal((await readTables(csv)).columns[0].label, 'phi');
  const sheet = join(folder, 'features');
  writeFileSync(sheet, 'time,phi\n0,1\n1,2\n');
  assert.deepEqual([...(await readTables(sheet)).data], [1, 2]);
});
