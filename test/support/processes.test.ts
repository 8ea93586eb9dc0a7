import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { commandAnswer, commandOutput, findInOutput, onPath, runToEnd } from '../../src/support/processes.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('processes');

/** 24 million characters behind a first line. */
const much = 'echo first; yes 0123456789012345678901234567890123456789012345 | head -c 24000000';

test('a program tells its exit code or the signal that ended it, and one that is not there is told', async () => {
  assert.equal(await runToEnd({ command: 'sh', args: ['-c', 'exit 3'] }), 3);
  assert.equal(await runToEnd({ command: 'sh', args: ['-c', 'kill -9 $$'] }), 'SIGKILL');
  await assert.rejects(runToEnd({ command: '/nowhere/gmx', args: [] }), {
    code: 'missing-tool',
    message: /^expected the command \/nowhere\/gmx, which cannot be started: spawn .*ENOENT/,
  });
});

test('it reads a file, has variables of its own and tells its streams apart', async () => {
  const input = join(folder, 'input');
  writeFileSync(input, 'four\n');
  const printed = { stdout: '', stderr: '' };
  await runToEnd({
    command: 'sh',
    args: ['-c', 'cat; echo $WORD >&2'],
    env: { WORD: 'five' },
    input,
    onText: (text, stream) => (printed[stream] += text),
  });
  assert.deepEqual(printed, { stdout: 'four\n', stderr: 'five\n' });
});

test('what a program prints is told whatever its length', async () => {
  let length = 0;
  const end = await runToEnd({
    command: 'sh',
    args: ['-c', much],
    onText: (text) => (length += text.length),
  });
  assert.equal(end, 0);
  assert.equal(length, 24_000_000 + 'first\n'.length);
});

test('an answer that is longer than is kept is an answer', async () => {
  const output = await commandOutput('sh', ['-c', much]);
  assert.ok(output?.startsWith('first\n01234'));
  assert.equal(output?.length, 1 << 24);
  assert.equal(await commandOutput('sh', ['-c', `${much}; exit 1`]), undefined);
  assert.equal((await commandAnswer('sh', ['-c', 'echo no >&2; exit 1']))?.stderr, 'no\n');
  assert.equal(await commandAnswer('/nowhere/gmx', []), undefined);
});

test('what is looked for is found in the beginning, and the program ended or heard out', async () => {
  const first = (text: string) => /^(first)\n/.exec(text)?.[1];
  assert.equal(await findInOutput('sh', ['-c', 'echo first; sleep 100'], first), 'first');
  assert.equal(await findInOutput('sh', ['-c', much], first, { toTheEnd: true }), 'first');
  assert.equal(await findInOutput('sh', ['-c', `${much}; exit 1`], first, { toTheEnd: true }), undefined);
  assert.equal(await findInOutput('sh', ['-c', much], (text) => /absent/.exec(text)?.[0]), undefined);
});

/** The numbers of the processes that a script wrote into a file, once it has. */
async function numbersIn(path: string, count: number): Promise<number[]> {
  for (let tries = 0; tries < 200; tries++) {
    const numbers = readFileSync(path, { encoding: 'utf8', flag: 'a+' }).trim().split(/\s+/).map(Number);
    if (numbers.length === count && numbers.every((number) => number > 0)) return numbers;
    await pause(25);
  }
  throw new Error(`nothing in ${path}`);
}

/** Whether a process runs: one that has ended and that nobody asked for its exit code does not. */
function runs(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

async function expectEnded(numbers: readonly number[]): Promise<void> {
  for (let tries = 0; tries < 200 && numbers.some(runs); tries++) await pause(25);
  assert.deepEqual(numbers.filter(runs), []);
}

test('on request a program ends with all that it started', async () => {
  const path = join(folder, 'group');
  const stop = new AbortController();
  const args = ['-c', `sleep 100 & echo $$ $! > ${path}; wait`];
  const end = runToEnd({ command: 'sh', args, signal: stop.signal });
  const numbers = await numbersIn(path, 2);
  assert.deepEqual(numbers.filter(runs), numbers);
  stop.abort();
  assert.equal(await end, 'SIGTERM');
  await expectEnded(numbers);
});

test('one that does not listen is killed', async () => {
  const path = join(folder, 'deaf');
  const stop = new AbortController();
  const args = ['-c', `trap '' TERM; echo $$ > ${path}; while :; do sleep 0.05; done`];
  const end = runToEnd({ command: 'sh', args, signal: stop.signal, patience: 200 });
  await numbersIn(path, 1);
  stop.abort();
  assert.equal(await end, 'SIGKILL');
});

test('a request that came before the start is heard', async () => {
  const args = ['100'];
  assert.equal(await runToEnd({ command: 'sleep', args, signal: AbortSignal.abort() }), 'SIGTERM');
});

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  test(`what runs ends with this process, by ${name}`, async () => {
    const path = join(folder, name);
    const module = new URL('../../src/support/processes.js', import.meta.url).href;
    const args = JSON.stringify(['-c', `sleep 100 & echo $$ $! > ${path}; wait`]);
    const code = `import { runToEnd } from '${module}'; await runToEnd({ command: 'sh', args: ${args} });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)));
    const numbers = await numbersIn(path, 2);
    child.kill(name);
    assert.equal(await ended, name);
    await expectEnded(numbers);
  });

test('a program is found in the folders of PATH, the first of its names that is there', async () => {
  const before = process.env.PATH;
  const own = join(folder, 'gmx_mpi');
  writeFileSync(own, '#!/bin/sh\n');
  process.env.PATH = folder;
  try {
    assert.equal(await onPath('gmx', 'gmx_mpi'), undefined); // not executable
    chmodSync(own, 0o755);
    assert.equal(await onPath('gmx', 'gmx_mpi'), own);
  } finally {
    process.env.PATH = before;
  }
});
