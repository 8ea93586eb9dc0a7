import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Lock } from '../../src/support/index.js';
import { latestStage } from '../../src/watch/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const campaign = temporaryFolder('stages');
const locks: Lock[] = [];
after(async () => {
  for (const lock of locks) await lock.release();
});

/** The folder of a run as `latentcv run` leaves it. */
function run(folder: string, finished = true): string {
  const place = join(campaign, folder);
  mkdirSync(place, { recursive: true });
  const began = '2026-11-28T07:15:00.000Z';
  const ended = { at: '2026-11-28T08:15:00.000Z', why: 'finished' };
  const record = { finished, starts: [{ began, step: 0 }], ...(finished && { ended }) };
  writeFileSync(join(place, 'run.json'), JSON.stringify(record));
  return place;
}

const lives = async (folder: string): Promise<void> => {
  locks.push(await Lock.take(join(run(folder, false), 'run.lock'), 'the run'));
};

test('the runs under way are those of the last step in which one lives', async () => {
  assert.equal(await latestStage(campaign), undefined);
  run('explore-1/run-0');
  run('explore-10/run-0');
  run('explore-9/run-0');
  assert.equal(await latestStage(campaign), undefined); // all done: between steps
  run('explore-10/run-1', false); // it was killed, and nothing came after
  assert.deepEqual(await latestStage(campaign), {
    ...{ kind: 'explore', folder: 'explore-10', runs: ['explore-10/run-0', 'explore-10/run-1'] },
  });
  run('round-1/pilots/tae-2');
  await lives('round-1/pilots/tae-10');
  run('round-1/pilots/tae-3/replica-0');
  mkdirSync(join(campaign, 'round-1', 'pilots', 'empty'));
  const pilots = ['tae-2', 'tae-3/replica-0', 'tae-10'].map((name) => `round-1/pilots/${name}`);
  assert.deepEqual(await latestStage(campaign), { kind: 'pilots', folder: 'round-1/pilots', runs: pilots });
  run('round-1/production/replica-0', false);
  assert.equal((await latestStage(campaign))?.kind, 'pilots'); // none of the production lives
  await lives('round-1/production/replica-1');
  assert.deepEqual(await latestStage(campaign), {
    ...{ kind: 'production', folder: 'round-1/production' },
    runs: ['round-1/production/replica-0', 'round-1/production/replica-1'],
  });
});
