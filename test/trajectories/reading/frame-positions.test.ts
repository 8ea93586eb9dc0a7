import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { formatGro, framePositions, readStructure } from '../../../src/trajectories/index.js';
import { packageRoot } from '../../../src/support/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const data = join(packageRoot(), 'native', 'test', 'trajectories', 'data');
const [atoms, frames, spacing] = [12, 4, 2];
/** Of each frame its positions, then its box vectors, nm. */
const expected = readFileSync(join(data, 'expected.txt'), 'utf8')
  .split('\n')
  .slice(1)
  .join(' ')
  .trim()
  .split(/\s+/)
  .map(Number);
const ofFrame = (frame: number): number[] =>
  expected.slice(frame * 3 * (atoms + 3), (frame + 1) * 3 * (atoms + 3));

function expectClose(actual: ArrayLike<number>, wanted: readonly number[], within: number): void {
  assert.equal(actual.length, wanted.length);
  wanted.forEach((value, i) =>
    assert.ok(Math.abs(actual[i] - value) <= within, `${i}: ${actual[i]} is not ${value}`),
  );
}

test('positions of a frame are the file’s, whichever it is, with its box', async () => {
  for (const [file, within] of [
    ['gromacs.trr', 1e-6],
    ['gromacs.xtc', 6e-4],
  ] as const) {
    const source = join(data, file);
    for (const frame of [0, frames - 1]) {
      const { positions, box } = await framePositions([source], atoms, { source, time: frame * spacing });
      expectClose(positions, ofFrame(frame).slice(0, 3 * atoms), within);
      expectClose(box!, ofFrame(frame).slice(3 * atoms), within);
    }
  }
});

test('as a GRO file it is read as it was, skewed box and names too', async () => {
  const source = join(data, 'gromacs.trr');
  const structure = await readStructure(join(data, 'gromacs.gro'));
  const place = { source, time: 2 * spacing };
  const path = join(temporaryFolder('gro'), 'start.gro');
  writeFileSync(
    path,
    formatGro(structure, await framePositions([source], atoms, place), 'a frame\nof a run'),
  );
  assert.equal(readFileSync(path, 'utf8').split('\n')[0], 'a frame of a run');
  const again = await readStructure(path);
  assert.deepEqual([again.names, again.residueNames], [structure.names, structure.residueNames]);
  const { positions, box } = await framePositions([path], atoms, { source: path, time: 0 });
  expectClose(positions, ofFrame(2).slice(0, 3 * atoms), 1e-5);
  expectClose(box!, ofFrame(2).slice(3 * atoms), 1e-5);
});

test('a frame that is not there is refused', async () => {
  const source = join(data, 'gromacs.xtc');
  await assert.rejects(framePositions([source], atoms, { source, time: 1 }), { code: 'bad-data' });
});
