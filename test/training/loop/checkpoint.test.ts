import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Dataset } from '../../../src/frames/index.js';
import { writeModelFile } from '../../../src/onnx/index.js';
import { LatentcvError } from '../../../src/support/errors.js';
import { isOfEndedTraining, readCheckpoint, writeCheckpoint } from '../../../src/training/loop/checkpoint.js';
import {
  newModel,
  trainSettings,
  type TrainedEncoder,
  type TrainOptions,
} from '../../../src/training/index.js';
import { allFrames } from '../../../src/training/data/all-frames.js';
import { otherTraining, trainingIdentity } from '../../../src/training/loop/identity.js';
import { trainEncoder } from '../../../src/training/train.js';
import { Random } from '../../../src/support/random.js';
import { hiddenJumps } from '../data.js';

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
  // an epoch lasts 3 ms at least, so that 300 of them outlast the kills on any machine
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
  await assert.rejects(trainEncoder(dataset, options, hooks), { code: 'interrupted' });
  const resume = { checkpoint: { file, resume: true } };
  await assert.rejects(trainEncoder(dataset, { ...options, batch: 128 }, resume), {
    code: 'bad-argument',
    message: /of a training with batch 256, not 128/,
  });
  await assert.rejects(trainEncoder(hiddenJumps(2000, 8).dataset, options, resume), {
    message: /of other data/,
  });
  const epochs: number[] = [];
  await trainEncoder(dataset, options, { ...resume, onEpoch: ({ epoch }) => void epochs.push(epoch) });
  assert.deepEqual(epochs, [3, 4, 5, 6]);
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(file, bytes);
  await assert.rejects(trainEncoder(dataset, options, resume), { code: 'bad-data', message: /is damaged/ });
});

const stopAt = (epoch: number) => {
  let stop = false;
  return {
    signal: {
      get aborted() {
        return stop;
      },
    },
    onEpoch: (report: { epoch: number }) => void (stop = report.epoch === epoch),
  };
};

/** A checkpoint of two epochs, and what another training says of it. */
async function refusal(
  t: TestContext,
  [before, now]: [Dataset, Dataset],
  other: TrainOptions = options,
): Promise<string> {
  const file = join(folderOf(t), 'checkpoint');
  await assert.rejects(trainEncoder(before, options, { checkpoint: { file }, ...stopAt(2) }), {
    code: 'interrupted',
  });
  const refused = await trainEncoder(now, other, { checkpoint: { file, resume: true } }).catch(
    (error: unknown) => error,
  );
  assert.ok(refused instanceof LatentcvError && refused.code === 'bad-argument', String(refused));
  return refused.message.replace(file, 'X');
}

test('a checkpoint of another training is refused, with what is other about it', async (t) => {
  const { dataset } = hiddenJumps(2000);
  const { columns, time, segments } = dataset;
  const cases: [Dataset, RegExp][] = [
    [{ ...dataset, time: time.map((ps) => ps + 100) }, /is of frames at other times/],
    [
      { ...dataset, segments: [0, 1000].map((start) => ({ start, end: start + 1000, source: 'test' })) },
      /frames in 1 stretch that follow one another, which now are 2/,
    ],
    [
      { ...dataset, segments: segments.map((each) => ({ ...each, source: 'b' })) },
      /other files: test then and b now/,
    ],
    [
      { ...dataset, columns: columns.map((c, i) => (i === 0 ? { ...c, period: [-2, 2] as const } : c)) },
      /a column d1 without a period, and now it is one with a period \(d1 from -2 to 2\)/,
    ],
    [
      { ...dataset, columns: columns.map((c, i) => (i === 1 ? { ...c, quantity: 'count' } : c)) },
      /a column d2 that was of an unknown quantity and now is of the quantity count/,
    ],
    [
      { ...dataset, columns: columns.map((c, i) => (i === 1 ? { label: 'e' } : c)) },
      /other columns: d2 was among them/,
    ],
    [hiddenJumps(2000, 8).dataset, /other data: the values differ/],
  ];
  for (const [now, message] of cases) assert.match(await refusal(t, [dataset, now]), message);
  const half = { ...dataset, time: time.map((ps) => ps / 2) };
  assert.match(await refusal(t, [dataset, half]), /a lag of 5 frames, which now is one of 10/);
  assert.match(await refusal(t, [dataset, dataset], { ...options, epochs: 1 }), /of 2 epochs, not of 1/);
});

test('frames on disk and in memory, and another version, are other trainings', () => {
  const now = trainingIdentity(allFrames(hiddenJumps(100).dataset), { name: 'pca', lagFrames: 0 });
  assert.equal(otherTraining(now, now), undefined);
  assert.match(
    otherTraining({ ...now, streamed: true }, now)!,
    /frames on disk \(‘stream’\), which now are in memory/,
  );
  assert.match(otherTraining({ ...now, version: '0.0.1' }, now)!, /latentcv 0\.0\.1, and this is \d/);
  assert.match(otherTraining({ ...now, method: 'tica' }, now)!, /the method tica, and these frames take pca/);
});

test('with more epochs a training goes on, to what so many from the start give; with a schedule that is told', async (t) => {
  const file = join(folderOf(t), 'checkpoint');
  const { dataset } = hiddenJumps(2000);
  const long = { ...options, epochs: 14, restarts: 2 };
  const bytes = (encoder: TrainedEncoder): Uint8Array => writeModelFile(newModel(encoder));
  const straight = bytes(await trainEncoder(dataset, long));
  const short = await trainEncoder(dataset, { ...long, epochs: 6 }, { checkpoint: { file } });
  assert.equal(short.atMostEpochs, 6);
  assert.ok(isOfEndedTraining(file));
  const epochs: string[] = [];
  const going = await trainEncoder(dataset, long, {
    checkpoint: { file, resume: true },
    onEpoch: ({ restart, epoch }) => void epochs.push(`${restart}.${epoch}`),
  });
  assert.deepEqual([epochs.length, epochs[0], epochs[8]], [16, '0.7', '1.7']);
  assert.deepEqual(bytes(going), straight);
  const told: string[] = [];
  const scheduled = { ...options, schedule: 'cosine' as const };
  await trainEncoder(dataset, scheduled, { checkpoint: { file } });
  await trainEncoder(
    dataset,
    { ...scheduled, epochs: 9 },
    { checkpoint: { file, resume: true }, onWarning: (line) => void told.push(line) },
  );
  assert.match(told.join(), /learning rate \(cosine\) went by 6 epochs and goes by 9 from here/);
});

test('a full disk costs the new checkpoint, not the last good one, nor the training', (t) => {
  const folder = folderOf(t);
  const file = join(folder, 'checkpoint');
  const { dataset } = hiddenJumps(100);
  const settings = trainSettings(options);
  const identity = trainingIdentity(allFrames(dataset), { name: 'vamp-autoencoder', lagFrames: 5 });
  const of = { settings, identity, course: { epochs: 6, patience: 40 } };
  writeCheckpoint(file, { ...of, restarts: [] });
  // a limit on the size of files refuses the bytes beyond it, as a full disk does
  const limited = `ulimit -f 8; exec ${process.execPath} ${script} ${folder} large`;
  const { status, stderr } = spawnSync('bash', ['-c', limited], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.match(stderr, /no checkpoint was written, the last one stays: cannot write \S+: it is larger/);
  assert.deepEqual(readCheckpoint(file, of)?.restarts, []);
  assert.ok(!existsSync(`${file}.part`));
});
