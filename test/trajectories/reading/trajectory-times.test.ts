import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../../src/support/index.js';
import { trajectoryTimes } from '../../../src/trajectories/index.js';

const data = join(packageRoot(), 'native', 'test', 'trajectories', 'data');

test('times of frames, as the file tells them', async () => {
  for (const file of ['gromacs.xtc', 'gromacs.trr'])
    assert.deepEqual([...(await trajectoryTimes([join(data, file)], 12))], [0, 2, 4, 6]);
  assert.deepEqual([...(await trajectoryTimes([join(data, 'gromacs.xtc')], 12, { begin: 3 }))], [4, 6]);
});

test('another number of atoms is refused', async () => {
  await assert.rejects(trajectoryTimes([join(data, 'gromacs.xtc')], 11), { code: 'bad-data' });
});
