import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, read, readsAsPython, reference, refuses } from '../tables-of-python.js';

readsAsPython([['array.h5'], ['beside.h5'], ['columns.h5', { columns: ['phi', 'd1', 'd2'] }]]);

refuses([
  [
    'an HDF5 file that is cut off',
    () => join(folder, 'cut.h5'),
    /cut\.h5 as HDF5: file has been truncated/,
    'file-format',
  ],
  [
    'an array that is compressed by what the HDF5 library has not',
    () => join(folder, 'lzf.h5'),
    /\/data is compressed by lzf, which is no part of the HDF5 library/,
    'file-format',
  ],
  [
    'arrays of which none is chosen',
    () => join(folder, 'several.h5'),
    /several: \/a \(50, 3\), \/b \(50, 3\)/,
    'file-format',
  ],
  [
    'an array that is not there',
    () => join(folder, 'several.h5'),
    /array or group c in .* has \/a/,
    'bad-argument',
    { dataset: 'c' },
  ],
  [
    'a trajectory of MDTraj',
    () => join(folder, 'trajectory.h5'),
    /expected one array \[frames, columns\]/,
    'file-format',
    { dataset: 'coordinates' },
  ],
]);

test('an array of several is chosen', async () => {
  const { data } = await read('several.h5', { dataset: '/b', timestep: 1 });
  assert.deepEqual(
    [...data],
    reference.data.map((value) => value + 1),
  );
});
