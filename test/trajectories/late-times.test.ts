import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { descriptorSet } from '../../src/descriptors/index.js';
import { frameSpacing } from '../../src/frames/index.js';
import { readTrajectory } from '../../src/trajectories/index.js';
import { runFixture } from '../native/fixtures.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('late');
runFixture('late_trajectories.py', folder);
const system = { set: descriptorSet([{ kind: 'distance', atoms: [1, 2] }]), atoms: 10 };
const start = 50_000_001;

test('frames 1 ps apart at 5·10⁷ ps, which their times do not tell apart, are one segment', async () => {
  for (const name of ['late.xtc', 'late.trr']) {
    const found = await readTrajectory([join(folder, name)], system);
    assert.deepEqual(
      [...found.time],
      Array.from({ length: 60 }, (_, i) => start + i),
      name,
    );
    assert.equal(found.segments.length, 1);
    assert.equal(frameSpacing(found).spacing, 1);
  }
});

test('a part goes on there at its own frame, and begin, end and stride mean single frames', async () => {
  const paths = ['late.part0002.xtc', 'late.xtc'].map((name) => join(folder, name));
  const warnings: string[] = [];
  const { time, segments } = await readTrajectory(paths, system, {
    onWarning: (line) => warnings.push(line),
  });
  assert.deepEqual(
    [...time],
    Array.from({ length: 110 }, (_, i) => start + i),
  );
  assert.equal(segments.length, 1);
  assert.match(
    warnings.join('\n'),
    /late\.xtc: 10 frames from 50000051 ps on are replaced by those of \S*part0002/,
  );
  const some = await readTrajectory(paths, system, { begin: start + 5, end: start + 71, stride: 30 });
  assert.deepEqual([...some.time], [start + 5, start + 35, start + 65]);
});
