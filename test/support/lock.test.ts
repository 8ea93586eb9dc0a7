import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Lock, lockHolder } from '../../src/support/lock.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('lock');
const module = fileURLToPath(new URL('../../src/support/lock.js', import.meta.url));
/** A process that takes the lock, says so and stays. */
const taker = (file: string): string =>
  `import { Lock } from '${module}'; await Lock.take('${file}', 'it is held'); console.log('held'); setTimeout(() => 0, 60000);`;

test('one at a time: refused with who holds it, free once it is given back', async () => {
  const file = join(folder, 'a.lock');
  const lock = await Lock.take(file, 'a.onnx is being trained');
  await assert.rejects(Lock.take(file, 'a.onnx is being trained'), {
    code: 'file-access',
    message: new RegExp(`^a\\.onnx is being trained by process ${process.pid} on \\S+, since 2\\d{3}-`),
    hint: /remove .*a\.lock$/,
  });
  await lock.release();
  assert.ok(!existsSync(file));
  await (await Lock.take(file, 'again')).release();
});

test('what a killed process left is taken over; a process that lives is not', async () => {
  const file = join(folder, 'b.lock');
  const child = spawn(process.execPath, ['--input-type=module', '-e', taker(file)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await assert.rejects(Lock.take(file, 'b is held'), { message: new RegExp(`by process ${child.pid} on`) });
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
  assert.ok(existsSync(file));
  await (await Lock.take(file, 'b is held')).release();
  assert.deepEqual(readdirSync(folder), []);
});

test('who holds a lock is told without taking it', async () => {
  const file = join(folder, 'asked.lock');
  assert.equal(await lockHolder(file), undefined);
  const child = spawn(process.execPath, ['--input-type=module', '-e', taker(file)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const before = readFileSync(file, 'utf8');
  const { process: holder, lives } = (await lockHolder(file))!;
  assert.deepEqual([holder?.pid, lives], [child.pid, true]);
  assert.ok(Math.abs(Date.now() - Date.parse(holder!.since)) < 60_000);
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
  assert.equal((await lockHolder(file))?.lives, false);
  assert.equal(readFileSync(file, 'utf8'), before);
  // one that is just being made, and one of a process that was killed meanwhile
  writeFileSync(file, '');
  assert.deepEqual(await lockHolder(file), { process: undefined, lives: true });
  utimesSync(file, 0, 0);
  assert.deepEqual(await lockHolder(file), { process: undefined, lives: false });
  rmSync(file);
});

test('a number that another process was given since, another start of the machine, and silence elsewhere', async () => {
  const file = join(folder, 'c.lock');
  const before = { ...process.env };
  const lock = await Lock.take(file, 'c');
  const own = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  await lock.release();
  const left = async (holder: object, age = 0): Promise<boolean> => {
    writeFileSync(file, JSON.stringify({ ...own, ...holder }));
    const then = Date.now() / 1000 - age;
    utimesSync(file, then, then);
    return Lock.take(file, 'c').then(
      async (taken) => {
        await taken.release();
        return true;
      },
      () => false,
    );
  };
  assert.equal(await left({}), false);
  assert.equal(await left({ began: '1' }), true);
  assert.equal(await left({ boot: 'another' }), true);
  assert.equal(await left({ host: 'elsewhere' }, 300), false);
  assert.equal(await left({ host: 'elsewhere' }, 900), true);
  // of jobs of Slurm: an earlier start of this process's own is over, one that Slurm cannot be asked about is not known to be
  Object.assign(process.env, { SLURM_JOB_ID: '7', SLURM_RESTART_COUNT: '1', PATH: folder });
  try {
    assert.equal(await left({ host: 'elsewhere', job: { id: '7', restarts: 0 } }), true);
    assert.equal(await left({ host: 'elsewhere', job: { id: '7', restarts: 1 } }), false);
    assert.equal(await left({ host: 'elsewhere', job: { id: '6', restarts: 0 } }, 300), false);
  } finally {
    Object.assign(process.env, before);
    for (const name of ['SLURM_JOB_ID', 'SLURM_RESTART_COUNT'])
      if (!(name in before)) delete process.env[name];
  }
  // one that was killed between making the file and writing into it
  writeFileSync(file, '');
  await assert.rejects(Lock.take(file, 'c'), { message: /by another process/ });
  utimesSync(file, 0, 0);
  await (await Lock.take(file, 'c')).release();
});

test('of many that find a lock left behind at once, one has it', () => {
  const file = join(folder, 'd.lock');
  writeFileSync(file, JSON.stringify({ pid: 0, host: 'x', since: '' }));
  utimesSync(file, 0, 0);
  const script = `import { Lock } from '${module}';
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => Lock.take('${file}', 'd')));
    console.log(all.filter(({ status }) => status === 'fulfilled').length);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  assert.equal(stdout, '1\n', stderr);
});
