import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { StateTrajectories } from '../../../src/states/index.js';
import { packageRoot } from '../../../src/support/index.js';
import { framePositions } from '../../../src/trajectories/index.js';
import { runOf } from '../run-of.js';

const data = join(packageRoot(), 'native', 'test', 'trajectories', 'data');
// frames at 0, 2, 4 and 6 ps
const [xtc, trr] = ['gromacs.xtc', 'gromacs.trr'].map((file) => join(data, file));
const trajectories = [
  { source: 'run0', files: [xtc] },
  { source: 'run1', files: [trr] },
];

test('frames of tables that their trajectories have, by time, each run its own', async () => {
  const opened = await StateTrajectories.open(trajectories, 12);
  // a frame a ps: those of the second run are later than its trajectory
  const usable = opened.usable(
    runOf({ x: Float64Array.from({ length: 16 }, (_, i) => i) }, { runs: [5, 11] }),
  );
  assert.deepEqual(Array.from({ length: 16 }, (_, frame) => frame).filter(usable), [0, 2, 4, 6]);
  const place = { frame: 6, source: 'run1', time: 6.0004, values: {} };
  const { positions } = await opened.positions(place);
  assert.deepEqual(positions, (await framePositions([trr], 12, { source: trr, time: 6 })).positions);
});

test('a frame between those of the trajectory is refused', async () => {
  const opened = await StateTrajectories.open(trajectories, 12);
  await assert.rejects(opened.positions({ frame: 0, source: 'run0', time: 1, values: {} }), {
    code: 'bad-data',
  });
});
