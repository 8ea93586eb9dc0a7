import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { endLeftRunning } from '../../../src/campaign/runs/left-running.js';
import { markOf, stillRuns } from '../../../src/support/index.js';

test('an engine that outlived its latentcv is asked to stop, and awaited', async () => {
  const child = spawn('sh', ['-c', 'trap "sleep 0.5; exit 0" TERM; echo on; while :; do sleep 0.1; done'], {
    detached: true,
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const mark = markOf(child.pid!);
  assert.equal(stillRuns(mark), true);
  const notes: string[] = [];
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await endLeftRunning(mark, 'run', (line) => notes.push(line));
  await ended;
  assert.equal(stillRuns(mark), false);
  assert.match(notes[0], /^run: the engine of an earlier start still runs as process \d+/);
  await endLeftRunning(mark, 'run', () => assert.fail('it has ended'));
  await endLeftRunning(undefined, 'run', () => assert.fail('there is none'));
});

test('a number that another process has now is not taken for it', async () => {
  const other = { ...markOf(process.pid), began: '1' };
  assert.equal(stillRuns(other), false);
  await endLeftRunning(other, 'run', () => assert.fail('it is another'));
  assert.equal(stillRuns({ ...markOf(process.pid), host: 'elsewhere' }), undefined);
});
