import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { walkerInput, WalkerLocks } from '../../../src/campaign/runs/walkers.js';
import { parsePlumedInput, writtenTables } from '../../../src/plumed/index.js';
import { markOf } from '../../../src/support/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const metad = 'm: METAD ARG=a SIGMA=1 HEIGHT=1 PACE=10\nPRINT ARG=a STRIDE=5 FILE=COLVAR\n';

test('each walker gets its number, and the folder that all share', () => {
  const { text, all } = walkerInput(parsePlumedInput(metad), 1, 3);
  assert.match(text, /^m: METAD .* WALKERS_N=3 WALKERS_ID=1 WALKERS_DIR=\.\.\/walkers$/m);
  assert.deepEqual(
    writtenTables({ ...parsePlumedInput(''), all }).map(({ file }) => file),
    ['../walkers/HILLS.1', 'COLVAR'],
  );
  const own = walkerInput(parsePlumedInput(metad.replace('PACE=10', 'PACE=10 WALKERS_DIR=there')), 0, 2);
  assert.match(own.text, /WALKERS_DIR=there WALKERS_N=2 WALKERS_ID=0$/m);
});

test('OPES shares by MPI alone, and without hills there is nothing to share', () => {
  const opes = parsePlumedInput('OPES_METAD ARG=a PACE=10 BARRIER=4\n');
  assert.throws(() => walkerInput(opes, 0, 2), {
    code: 'plumed-input',
    message: /shares by WALKERS_MPI alone/,
  });
  assert.throws(() => walkerInput(parsePlumedInput('PRINT ARG=a FILE=C\n'), 0, 2), { code: 'plumed-input' });
});

test('two replicas that are one walker are refused', async () => {
  const folder = temporaryFolder('walkers');
  const input = walkerInput(parsePlumedInput(metad), 1, 2);
  const both = ['a', 'b'].map((name) => ({ input, folder: join(folder, name) }));
  await assert.rejects(WalkerLocks.take(both), { code: 'plumed-input', message: /WALKERS_ID of its own/ });
});

test('a walker of another process that lives has read the hills, one that ended has not', async (t) => {
  const folder = temporaryFolder('walkers');
  const walker = (i: number) => ({
    input: walkerInput(parsePlumedInput(metad), i, 2),
    folder: join(folder, `replica-${i}`),
  });
  mkdirSync(join(folder, 'replica-1'));
  const lock = fileURLToPath(new URL('../../../src/support/lock.js', import.meta.url));
  const script =
    `const { Lock } = await import(${JSON.stringify(lock)}); await (await import('node:fs/promises')).mkdir('walkers', { recursive: true });` +
    `await Lock.take('walkers/METAD.1.lock', 'walker 1'); (await import('node:fs')).writeFileSync('walkers/METAD.1.folder', '../replica-1'); console.log('held'); setInterval(() => 0, 1000)`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: folder });
  t.after(() => other.kill('SIGKILL'));
  await new Promise((resolve) => other.stdout.once('data', resolve));
  const first = walker(0);
  const lives = await WalkerLocks.take([first]);
  const [statement] = first.input.all;
  assert.equal(lives.isRead(statement), true);
  await assert.rejects(WalkerLocks.take([walker(1)]), {
    code: 'file-access',
    message: /walker 1 of .* is being run/,
  });
  await lives.release();
  other.kill('SIGKILL');
  await new Promise((resolve) => other.once('close', resolve));
  const alone = await WalkerLocks.take([first]);
  assert.equal(alone.isRead(statement), false);
  await alone.release();
  // latentcv is gone, its engine is not
  const engine = spawn('sleep', ['60'], { detached: true });
  t.after(() => engine.kill('SIGKILL'));
  const start = { began: new Date().toISOString(), step: 0, process: markOf(engine.pid!) };
  writeFileSync(join(folder, 'replica-1', 'run.json'), JSON.stringify({ starts: [start] }));
  const leftOver = await WalkerLocks.take([first]);
  assert.equal(leftOver.isRead(statement), true);
  await leftOver.release();
  engine.kill('SIGKILL');
  await new Promise((resolve) => engine.once('close', resolve));
  const together = await WalkerLocks.take([walker(0), walker(1)]);
  assert.equal(together.isRead(statement), false);
  await together.release();
});

test('hills of walkers that are down are cut back to the checkpoint of each, those of ours are left to it', async () => {
  const folder = temporaryFolder('walkers');
  const shared = join(folder, 'walkers');
  mkdirSync(shared);
  const header = '#! FIELDS time a\n';
  for (const id of [0, 1, 2]) {
    writeFileSync(join(shared, `METAD.${id}.folder`), `../replica-${id}\n`);
    writeFileSync(join(shared, `HILLS.${id}`), `${header} 10 1\n 20 1\n 30 1\n`);
  }
  const input = walkerInput(parsePlumedInput(metad), 0, 3);
  const locks = await WalkerLocks.take([{ input, folder: join(folder, 'replica-0') }]);
  const notes: string[] = [];
  // nothing tells where the third one goes on
  const timeAt = (place: string): Promise<number | undefined> =>
    Promise.resolve(place === join(folder, 'replica-1') ? 15 : undefined);
  await locks.cutOthers(input, timeAt, (line) => notes.push(line));
  await locks.release();
  const rows = [0, 1, 2].map(
    (id) => readFileSync(join(shared, `HILLS.${id}`), 'utf8').split('\n').length - 2,
  );
  assert.deepEqual(rows, [3, 1, 3]);
  assert.deepEqual(notes, [
    `${join(shared, 'HILLS.1')} was cut back to the checkpoint of ${join(folder, 'replica-1')} at 15: 2 hills less`,
  ]);
});
