// Reads what is left of a file that was cut off or changed; test/trajectories/damaged-files.test.ts runs it.
// usage: read-damaged.js FOLDER ENDING cut|changed
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescriptorReader } from '../../src/native/index.js';
import { LatentcvError } from '../../src/support/errors.js';

const [folder, ending, how] = process.argv.slice(2);
const bytes = readFileSync(join(folder, `all.${ending}`));
/** The first frames: every byte of a file this short is cut at. */
const short = Math.min(bytes.length, 2400);
const changes = 300;

const reader = new DescriptorReader({
  descriptors: ['distance 0 1'],
  references: [],
  atoms: Uint32Array.of(0, 21),
  total: 22,
  minimumImage: true,
  threads: 1,
});

function* damaged(): Generator<Uint8Array> {
  if (how === 'cut') {
    for (let length = 0; length < short; length++) yield bytes.subarray(0, length);
    yield bytes;
  }
  let state = 3;
  const random = (below: number): number => (state = (state * 48271) % 2147483647) % below;
  for (let i = 0; how === 'changed' && i < changes; i++) {
    const copy = Uint8Array.from(bytes);
    for (let k = 0; k <= i % 3; k++) copy[random(copy.length)] = random(256);
    yield copy;
  }
}

const result = { read: 0, refused: 0 };
let number = 0;
for (const content of damaged()) {
  // a reader keeps a file open, so each has a name of its own
  const path = join(folder, `damaged-${number++}.${ending}`);
  writeFileSync(path, content);
  try {
    const source = { path, format: '', perNanometre: 10, salvage: number % 2 === 0 };
    const { frames } = await reader.countFrames(source);
    const { problems } = await reader.read(source, 0, frames, 1);
    if (problems.length > 0) result.refused++;
    else result.read++;
  } catch (error) {
    if (!(error instanceof LatentcvError) || error.code !== 'bad-data') throw error;
    result.refused++;
  }
  rmSync(path);
}
process.stdout.write(JSON.stringify(result));
