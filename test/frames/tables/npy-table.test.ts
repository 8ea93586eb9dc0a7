import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, labelsOf, read, readsAsPython, reference, refuses } from '../tables-of-python.js';

readsAsPython([
  ['with-time.npy'],
  ['records.npy', { columns: ['phi', 'd1', 'd2'] }],
  ['aligned.npy', { columns: ['phi', 'd1', 'd2'] }],
]);

const nameless: [string, (value: number) => number][] = [
  ['c.npy', (value) => value],
  ['fortran.npy', (value) => value],
  ['big-endian.npy', (value) => value],
  ['version-2.npy', (value) => value],
  ['single.npy', Math.fround],
  ['fortran-single-big-endian.npy', Math.fround],
];

for (const [name, rounded] of nameless)
  test(`${name}: an array without names or times`, async () => {
    for (const chunkBytes of [1 << 20, 60]) {
      const set = await read(name, { chunkBytes });
      assert.deepEqual(labelsOf(set), ['x1', 'x2', 'x3']);
      assert.deepEqual([...set.data], reference.data.map(rounded));
      assert.deepEqual([...set.time.subarray(0, 3)], [0, 1, 2]);
      assert.match(set.warnings[0], /names no columns: they are called x1, x2, …/);
      assert.match(set.warnings[1], /has no column time: frames are taken as 1 ps apart/);
    }
    const chosen = await read(name, { names: ['a', 'b', 'c'], columns: ['c', 'a'], timestep: 0.5 });
    assert.deepEqual(labelsOf(chosen), ['c', 'a']);
    assert.deepEqual([...chosen.data.subarray(2, 4)], [reference.data[5], reference.data[3]].map(rounded));
    assert.deepEqual([...chosen.time.subarray(0, 3)], [0, 0.5, 1]);
    assert.deepEqual(chosen.warnings, []);
  });

test('whole numbers, and one column alone', async () => {
  const expected = Array.from({ length: 150 }, (_, i) => i - 75);
  for (const name of ['integers.npy', 'small-integers.npy', 'integers.h5'])
    assert.deepEqual([...(await read(name, { timestep: 1 })).data], expected, name);
  const { data } = await read('one-column.npy', { timestep: 1 });
  assert.deepEqual(
    [...data],
    reference.data.filter((_, i) => i % 3 === 0),
  );
});

refuses([
  [
    'other names than columns',
    () => join(folder, 'c.npy'),
    /expected 3 names for the columns .* received 2/,
    'bad-argument',
    { names: ['a', 'b'] },
  ],
  ['a cube', () => join(folder, 'cube.npy'), /\[frames, columns\] .* shape \(4, 3, 2\)/, 'file-format'],
  ['complex numbers', () => join(folder, 'complex.npy'), /real numbers .* type <c16/, 'file-format'],
  [
    'an array that is cut off',
    () => join(folder, 'cut.npy'),
    /expected 1328 bytes .* ends after 700/,
    'file-format',
  ],
]);
