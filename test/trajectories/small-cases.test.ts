import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { descriptorSet } from '../../src/descriptors/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { readStructure, readTrajectory, type TrajectoryReading } from '../../src/trajectories/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('small-cases');
const files = join(packageRoot(), 'test', 'fixtures', 'trajectories', 'cases');
const fixture = (name: string): string => join(files, name);

/** The same file, packed. */
function packed(name: string): string {
  const path = join(folder, `${name}.gz`);
  writeFileSync(path, gzipSync(readFileSync(fixture(name))));
  return path;
}

/** Distances of all frames, nm, and what is told of the file. */
async function distances(path: string, pairs: [number, number][], reading: TrajectoryReading = {}) {
  const set = descriptorSet(pairs.map((atoms) => ({ kind: 'distance', atoms })));
  const { size } = await readStructure(path);
  const warnings: string[] = [];
  const read = await readTrajectory(
    [path],
    { set, atoms: size },
    { ...reading, onWarning: (w) => warnings.push(w) },
  );
  return { ...read, warnings };
}

function near(received: ArrayLike<number>, expected: readonly number[], within = 6e-5): void {
  expected.forEach((value, i) =>
    assert.ok(Math.abs(received[i] - value) < within, `${received[i]} for ${value}`),
  );
}

// Distances by numpy in double, in each file's box where that is periodic.
const cases: [file: string, pairs: [number, number][], expected: number[]][] = [
  ['atomic-images-no-style.data', [[1, 2], [2, 3], [1, 4]], [0.15, Math.sqrt(4.25) / 10, Math.sqrt(76) / 10]],
  ['atomic-images-with-style.data', [[1, 2], [2, 3], [1, 4]], [0.15, Math.sqrt(4.25) / 10, Math.sqrt(76) / 10]],
  ['tilt.lammpstrj.gz', [[1, 2], [1, 3], [1, 4], [1, 5], [1, 6]], [0.9005, 0.8999, 0.8022, 0.8537, 0.499]],
  ['cryst1.pdb', [[1, 22]], [1.64195]],
  ['lattice-time.xyz', [[1, 2], [1, 3], [2, 7]], [1.2639, 1.3778, 0.8351]],
  ['lattice-time.xyz.gz', [[1, 2], [1, 3], [2, 7]], [1.2639, 1.3778, 0.8351]],
  ['dump.dump.gz', [[1, 2], [1, 3], [2, 7]], [1.2639, 1.3778, 0.8351]],
]; // prettier-ignore

for (const [file, pairs, expected] of cases)
  test(`${file} gives its distances, packed or not`, async () => {
    near((await distances(fixture(file), pairs)).data, expected);
    if (!file.endsWith('.gz')) near((await distances(packed(file), pairs)).data, expected);
  });

test('a run with shrink-wrapped boundaries has no minimum image, which is told', async () => {
  const { data, warnings } = await distances(fixture('boundary-s.lammpstrj'), [[1, 4], [1, 5]]); // prettier-ignore
  near(data, [2.062, 2.078], 6e-4);
  assert.match(warnings.join(), /NOPBC/);
});

test('times are ps whatever the file counts in, and --timestep goes before those that a DCD file makes up', async () => {
  for (const path of [fixture('units-real.lammpstrj'), packed('units-real.lammpstrj')])
    near((await distances(path, [[1, 2]])).time, [0.0005], 1e-12);
  const { time } = await distances(fixture('lammps.dcd'), [[1, 2]]);
  near([time[1] - time[0]], [0.1], 1e-7);
  const made = await distances(fixture('made-up-timestep.dcd'), [[1, 2]], { timestep: 100 });
  near([made.time[1] - made.time[0]], [100], 1e-7);
});

test('a file that ends without a newline has all its frames', async () => {
  const [plain, cut] = await Promise.all(
    ['plain.xyz', 'nonl.xyz'].map((file) => distances(fixture(file), [[1, 2], [2, 7]], { timestep: 1 })),
  ); // prettier-ignore
  assert.ok(plain.frames > 0);
  assert.deepEqual(cut.data, plain.data);
});

test('an XTC file of the magic number of large systems is read', async () => {
  const { data, frames, time } = await distances(fixture('magic-2023.xtc'), [
    [1, 2],
    [1, 3],
    [2, 7],
  ]);
  // by MDTraj, of the same bytes under the magic number that it knows
  const expected = [1.3801, 0.8546, 1.7873, 1.0678, 1.87, 2.3979, 0.8439, 0.87, 1.0289];
  near(data, expected);
  assert.equal(frames, 3);
  assert.deepEqual([...time], [0, 1, 2]);
});
