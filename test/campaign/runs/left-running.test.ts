import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { biasedRun } from '../../../src/campaign/index.js';
import { endLeftRunning } from '../../../src/campaign/runs/left-running.js';
import { commandEngine, findPlumed } from '../../../src/programs/index.js';
import { groupRuns, markOf, stillRuns } from '../../../src/support/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

test('an engine that outlived its latentcv is asked to stop, and awaited', async () => {
  const child = spawn('sh', ['-c', 'trap "sleep 0.5; exit 0" TERM; echo on; while :; do sleep 0.1; done'], {
    detached: true,
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const mark = markOf(child.pid!);
  assert.equal(stillRuns(mark), true);
  const notes: string[] = [];
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await endLeftRunning(mark, 'run', { onNote: (line) => notes.push(line) });
  await ended;
  assert.equal(stillRuns(mark), false);
  assert.match(notes[0], /^run: the engine of an earlier start still runs as process \d+/);
  await endLeftRunning(mark, 'run', { onNote: () => assert.fail('it has ended') });
  await endLeftRunning(undefined, 'run', { onNote: () => assert.fail('there is none') });
});

test('a number that another process has now is not taken for it', async () => {
  const other = { ...markOf(process.pid), began: '1' };
  assert.equal(stillRuns(other), false);
  await endLeftRunning(other, 'run', { onNote: () => assert.fail('it is another') });
  assert.equal(stillRuns({ ...markOf(process.pid), host: 'elsewhere' }), undefined);
});

test('what an engine started is known by its group, where the one that started it is gone', async () => {
  const script = 'sh -c \'trap "" HUP; while [ ! -e stop ]; do sleep 0.1; done\' & echo on; exec sleep 0.2';
  const folder = temporaryFolder('left');
  const child = spawn('sh', ['-c', script], { cwd: folder, detached: true });
  const mark = markOf(child.pid!);
  await new Promise((resolve) => child.once('exit', resolve));
  assert.equal(stillRuns(mark), false);
  const notes: string[] = [];
  const askToStop = (place: string): Promise<void> => writeFile(join(place, 'stop'), '');
  await endLeftRunning(mark, folder, { onNote: (line) => notes.push(line), askToStop });
  assert.equal(notes.length, 1);
  assert.equal(groupRuns(mark), false);
});

test('a start that lacks what the user must say leaves the engine alone that still runs', async () => {
  const folder = temporaryFolder('left');
  const engine = commandEngine({ command: 'exit 3', restartCommand: 'true', timestep: 0.5 });
  const input = 'd: DISTANCE ATOMS=1,2\nPRINT ARG=d STRIDE=1 FILE=COLVAR\n';
  const notes: string[] = [];
  const plumed = await findPlumed();
  const run = (): Promise<unknown> =>
    biasedRun({ engine, plumed, input, folder, onNote: (line) => notes.push(line) });
  await assert.rejects(run(), { code: 'tool-failed' });

  // as if its latentcv had been killed
  const child = spawn('sleep', ['100'], { detached: true });
  const path = join(folder, 'run.json');
  const record = JSON.parse(await readFile(path, 'utf8')) as { starts: { process?: object }[] };
  record.starts[0].process = markOf(child.pid!);
  await writeFile(path, JSON.stringify(record));
  try {
    await assert.rejects(run(), { code: 'bad-argument', message: /expected the time of the checkpoint/ });
    assert.equal(child.exitCode ?? child.signalCode, null);
    assert.doesNotMatch(notes.join(), /asked to stop/);
  } finally {
    child.kill('SIGKILL');
  }
});
