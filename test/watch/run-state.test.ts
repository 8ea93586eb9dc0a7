import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Lock } from '../../src/support/index.js';
import { runState } from '../../src/watch/run-state.js';
import { temporaryFolder } from '../temporary-folder.js';

const began = '2026-11-29T10:00:00.000Z';
const starts = [
  { began: '2026-11-28T10:00:00.000Z', host: 'n1', pid: 4, step: 0 },
  { began, host: 'n2', pid: 7, step: 500 },
];
const ended = { at: '2026-11-29T12:00:00.000Z', why: 'stopped', step: 900, words: 'asked to' };

function folderWith(record: unknown): string {
  const folder = temporaryFolder('run-state');
  writeFileSync(join(folder, 'run.json'), typeof record === 'string' ? record : JSON.stringify(record));
  return folder;
}

test('a run that holds its lock runs, and how it was started is told', async () => {
  const folder = folderWith({ finished: false, length: { steps: 1000, timestep: 0.002 }, starts });
  const lock = await Lock.take(join(folder, 'run.lock'), 'the run');
  const before = readFileSync(join(folder, 'run.lock'), 'utf8');
  const { holder, ...state } = await runState(folder);
  assert.deepEqual(state, {
    state: 'running',
    length: { steps: 1000, timestep: 0.002 },
    start: { began: Date.parse(began), step: 500 },
  });
  assert.deepEqual([holder?.pid, holder?.host], [process.pid, hostname()]);
  // nothing is written, and the lock is left
  assert.deepEqual(readdirSync(folder).sort(), ['run.json', 'run.lock']);
  assert.equal(readFileSync(join(folder, 'run.lock'), 'utf8'), before);
  await lock.release();
  assert.equal((await runState(folder)).state, 'killed');
});

test('how it ended is told; an end before the last start is of an earlier one', async () => {
  const stopped = await runState(folderWith({ starts, ended }));
  assert.deepEqual(
    [stopped.state, stopped.words, stopped.ended],
    ['stopped', 'asked to', { at: Date.parse(ended.at), step: 900 }],
  );
  const earlier = { ...ended, at: '2026-11-28T12:00:00.000Z' };
  assert.equal((await runState(folderWith({ starts, ended: earlier }))).state, 'killed');
});

test('a lock that was left behind is of a run that was killed', async () => {
  const folder = folderWith({ starts });
  const lock = await Lock.take(join(folder, 'run.lock'), 'the run');
  const content = JSON.parse(readFileSync(join(folder, 'run.lock'), 'utf8')) as Record<string, unknown>;
  await lock.release();
  writeFileSync(join(folder, 'run.lock'), JSON.stringify({ ...content, began: '1' }));
  const { state, holder } = await runState(folder);
  assert.deepEqual([state, holder], ['killed', undefined]);
});

test('of folders that tell less, what they tell', async () => {
  assert.deepEqual(await runState(folderWith({ finished: true, notes: {} })), { state: 'finished' });
  assert.deepEqual(await runState(folderWith({ finished: false })), { state: null });
  assert.deepEqual(await runState(folderWith('{"finished": tr')), { state: null });
  assert.deepEqual(await runState(folderWith({ length: { steps: 'many' }, starts: 5, ended: {} })), {
    state: null,
  });
  assert.deepEqual(await runState(temporaryFolder('no-run')), { state: null });
});
