import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readCheckpoint, writeCheckpoint } from '../../src/training/checkpoint.js';
import { trainHere, trainSettings, type TrainOptions } from '../../src/training/index.js';
import { framesOf, trainingIdentity } from '../../src/training/identity.js';
import { Random } from '../../src/training/random.js';
import { hiddenJumps } from './data.js';

const script = fileURLToPath(new URL('./train-with-checkpoint.js', import.meta.url));

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'latentcv-checkpoint-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const run = (folder: string): number | null => spawnSync(process.execPath, [script, folder]).status;

/** Starts the training and kills it without warning, so many milliseconds after its first epoch. */
function runAndKill(folder: string, after: number): Promise<'killed' | 'done'> {
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), after));
  return new Promise((resolve) => child.on('close', (_, signal) => resolve(signal ? 'killed' : 'done')));
}

test('killed again and again, resumed each time: the same file as undisturbed', async (t) => {
  const [undisturbed, disturbed] = [folderOf(t), folderOf(t)];
  assert.equal(run(undisturbed), 0);
  const random = new Random(Date.now() % 1e9);
  let kills = 0;
  while (kills < 7 && (await runAndKill(disturbed, random.uniform(0, 60))) === 'killed') kills++;
  assert.ok(kills >= 5, `killed ${kills} times`);
  assert.equal(run(disturbed), 0);
  const model = (folder: string): Buffer => readFileSync(join(folder, 'model.onnx'));
  assert.ok(model(undisturbed).equals(model(disturbed)));
  assert.ok(!existsSync(join(disturbed, 'model.onnx.checkpoint')));
});

const options: TrainOptions = { hidden: [8], lag: 5, batch: 256, epochs: 6, seed: 2 };

test('an interrupted training is kept, and goes on only with the same data and settings', async (t) => {
  const file = join(folderOf(t), 'checkpoint');
  const { dataset } = hiddenJumps(2000);
  let stop = false;
  const hooks = {
    checkpoint: { file },
    signal: {
      get aborted() {
        return stop;
      },
    },
    onEpoch: ({ epoch }: { epoch: number }) => void (stop = epoch === 2),
  };
  await assert.rejects(trainHere(dataset, options, hooks), { code: 'interrupted' });
  const resume = { checkpoint: { file, resume: true } };
  await assert.rejects(trainHere(dataset, { ...options, batch: 128 }, resume), {
    code: 'bad-argument',
    message: /of a training with batch 256, not 128/,
  });
  await assert.rejects(trainHere(hiddenJumps(2000, 8).dataset, options, resume), {
    message: /of other data/,
  });
  const epochs: number[] = [];
  await trainHere(dataset, options, { ...resume, onEpoch: ({ epoch }) => void epochs.push(epoch) });
  assert.deepEqual(epochs, [3, 4, 5, 6]);
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(file, bytes);
  await assert.rejects(trainHere(dataset, options, resume), { code: 'bad-data', message: /is damaged/ });
});

test('a full disk costs the new checkpoint, not the last good one, nor the training', (t) => {
  const folder = folderOf(t);
  const file = join(folder, 'checkpoint');
  const { dataset } = hiddenJumps(100);
  const settings = trainSettings(options);
  const identity = trainingIdentity(framesOf(dataset), { name: 'vamp-autoencoder', lagFrames: 5 });
  const of = { settings, identity, course: { epochs: 6, patience: 40 } };
  writeCheckpoint(file, { ...of, restarts: [] });
  // a limit on the size of files refuses the bytes beyond it, as a full disk does
  const limited = `ulimit -f 8; exec ${process.execPath} ${script} ${folder} large`;
  const { status, stderr } = spawnSync('bash', ['-c', limited], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.match(stderr, /no checkpoint was written, the last one stays: EFBIG/);
  assert.deepEqual(readCheckpoint(file, of)?.restarts, []);
  assert.ok(!existsSync(`${file}.part`));
});
