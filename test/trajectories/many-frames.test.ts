import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { descriptorSet } from '../../src/descriptors/index.js';
import { readTrajectory, readTrajectoryBatches } from '../../src/trajectories/index.js';
import { temporaryFolder } from '../temporary-folder.js';

/** Two batches and a bit. */
const frames = 9000;
const distance = (frame: number): number => 1 + frame / 8192;
const set = descriptorSet([{ kind: 'distance', atoms: [1, 2] }]);
const system = { set, atoms: 2 };

/** An XTC frame of so few atoms is not packed: magic number, atoms, step, time, box, atoms, positions; big-endian. */
function xtcFrame(frame: number): Buffer {
  const bytes = Buffer.alloc(56 + 24);
  [1995, 2, frame].forEach((value, i) => bytes.writeInt32BE(value, 4 * i));
  bytes.writeFloatBE(frame, 12);
  for (const axis of [0, 1, 2]) bytes.writeFloatBE(9, 16 + 16 * axis);
  bytes.writeInt32BE(2, 52);
  bytes.writeFloatBE(distance(frame), 56);
  return bytes;
}

function manyFrames(): string {
  const path = join(temporaryFolder('many-frames'), 'many.xtc');
  writeFileSync(path, Buffer.concat(Array.from({ length: frames }, (_, frame) => xtcFrame(frame))));
  return path;
}

test('a dataset of several batches has the numbers of each, whatever the threads and the stride', async () => {
  const path = manyFrames();
  for (const threads of [1, 2])
    for (const stride of [1, 2]) {
      const { data, time } = await readTrajectory([path], system, { threads, stride });
      const taken = Array.from({ length: frames / stride }, (_, i) => i * stride);
      assert.deepEqual([...time], taken);
      assert.deepEqual([...data], taken.map(distance));
    }
});

test('batches come in order, and whoever wants no more of them can stop', async () => {
  const path = manyFrames();
  const sizes: number[] = [];
  for await (const batch of readTrajectoryBatches([path], system)) {
    assert.deepEqual([...batch.data], [...batch.time].map(distance));
    sizes.push(batch.frames);
  }
  assert.deepEqual(sizes, [4096, 4096, 808]);
  for await (const { frames: first } of readTrajectoryBatches([path], system)) {
    assert.equal(first, 4096);
    break;
  }
});
