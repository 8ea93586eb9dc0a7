import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { descriptorSet } from '../../../src/descriptors/index.js';
import {
  preparedEnd,
  preparedFormat,
  preparedFrame,
  preparedHeader,
} from '../../../src/native/foreign/prepared-frames.js';
import { LatentcvError } from '../../../src/support/errors.js';
import { readStructure, readTrajectory } from '../../../src/trajectories/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const path = join(temporaryFolder('prepared'), 'frames');
const header = preparedHeader({
  names: ['N', 'CA', "C'"],
  types: ['N', 'C', 'C'],
  residueNames: ['GLY', 'GLY', 'ALA'],
  insertionCodes: ['', '', 'B'],
  chains: ['A', 'A', 'B'],
  segments: ['P', 'P', 'Q'],
  residueIds: [-1, -1, NaN],
  masses: [14, 12, NaN],
  bonds: [0, 1, 1, 2],
});
const box = [3, 0, 0, 0, 3, 0, 0, 0, 3];
const frames = [
  preparedFrame({ positions: Float64Array.of(0, 0, 0, 0.1, 0, 0, 0, 0.2, 0), box, time: 0.5, step: 10 }),
  preparedFrame({ problem: 'what is wrong with it', time: NaN, step: 0 }),
  preparedFrame({ positions: Float64Array.of(0, 0, 0, 0, 0, 1 / 3, 0, 0, 2.9), box, time: 1.5, step: 30 }),
];
const whole = Buffer.concat([header, ...frames, preparedEnd(3)]);

const set = descriptorSet([
  { kind: 'distance', atoms: [1, 2] },
  { kind: 'distance', atoms: [1, 3] },
]);
const read = (bytes: Buffer, salvage: boolean) => {
  writeFileSync(path, bytes);
  const reading = { format: preparedFormat, salvage, threads: 1 };
  return readTrajectory([path], { set, atoms: 3 }, reading);
};

it('prepared frames are read as they were written, a bad one with its problem', async () => {
  await assert.rejects(read(whole, false), { message: `${path}, frame 1: what is wrong with it` });
  const { data, time } = await read(whole, true);
  assert.deepEqual([...data], [0.1, 0.2, 1 / 3, 3 - 2.9]);
  assert.deepEqual([...time], [0.5, 1.5]);
  const structure = await readStructure(path, { format: preparedFormat });
  assert.deepEqual([...structure.names], ['N', 'CA', "C'"]);
  assert.deepEqual([...structure.residueNames], ['GLY', 'GLY', 'ALA']);
  assert.deepEqual([...structure.residueIds], [-1, -1, NaN]);
});

it('what is cut off or damaged is refused, or what is there is read', async () => {
  const allowed = (error: unknown): void => assert.ok(error instanceof LatentcvError, String(error));
  for (let end = 1; end < whole.length; end += 3) {
    await assert.rejects(read(whole.subarray(0, end), false), LatentcvError, String(end));
    await read(whole.subarray(0, end), true).catch(allowed);
    await readStructure(path, { format: preparedFormat }).catch(allowed);
  }
  for (let at = 0; at < whole.length; at++) {
    const bytes = Buffer.from(whole);
    bytes[at] ^= 255;
    await read(bytes, true).catch(allowed);
    await readStructure(path, { format: preparedFormat }).catch(allowed);
  }
});
