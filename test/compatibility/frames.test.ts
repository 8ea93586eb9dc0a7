import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { closeStore, openFrames, type FrameStore } from '../../src/training/index.js';
import { copyOf, newest, readJson, versions } from './written-before.js';

const columns = ['phi', 'psi', 'd'];

async function opened(table: string): Promise<FrameStore & { warnings: string[]; told: string[] }> {
  const told: string[] = [];
  const store = await openFrames([table], { columns, onWarning: (line) => void told.push(line) });
  closeStore(store);
  return { ...store, told };
}

for (const version of versions)
  test(`frames that ${version.commit} kept on disk are those that are kept now`, async () => {
    const folder = copyOf(version);
    const table = join(folder, 'COLVAR');
    const kept = `${table}.frames`;
    cpSync(join(folder, 'frames'), kept, { recursive: true });
    const made = await opened(table);
    // made anew without a word: they lie elsewhere than they were kept
    assert.deepEqual(made.told, []);
    assert.equal(made.frames, 240);
    for (const file of ['values.f32', 'times.f64'])
      assert.deepEqual(readFileSync(join(kept, file)), readFileSync(join(folder, 'frames', file)));
  });

test('frames that an earlier version kept, of the same files read the same way, are taken as they are', async () => {
  const folder = copyOf(newest);
  const table = join(folder, 'COLVAR');
  const kept = `${table}.frames`;
  const { source, ...now } = await opened(table);
  cpSync(join(folder, 'frames'), kept, { recursive: true });
  const about = join(kept, 'frames.json');
  const { store } = readJson(about) as { store: FrameStore };
  const moved = { ...store, source };
  const digest = createHash('sha256').update(JSON.stringify(moved)).digest('hex');
  writeFileSync(about, JSON.stringify({ digest, store: moved }));
  const { ino } = statSync(about);
  const found = await opened(table);
  assert.equal(statSync(about).ino, ino, 'the frames were made anew');
  assert.equal(found.source, source);
  for (const key of [
    'fingerprint',
    'values',
    'times',
    'columns',
    'frames',
    'spacing',
    'min',
    'max',
    'states',
  ] as const)
    assert.deepEqual(found[key], now[key], key);
  assert.deepEqual(found.told, []);
});
