import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fingerprint, readTables, type Dataset } from '../../src/frames/index.js';
import { openFrames } from '../../src/training/frame-store.js';
import { StoreReader } from '../../src/training/store-reader.js';
import {
  newModel,
  splitRoles,
  storeSample,
  trainHere,
  trainSettings,
  trainStream,
  type FrameStore,
  type TrainOptions,
} from '../../src/training/index.js';
import { preparedStream, trainStreamHere } from '../../src/training/stream.js';
import { writeModelFile } from '../../src/onnx/index.js';
import { Random } from '../../src/training/random.js';
import { hiddenJumps, withColumns } from './data.js';

function written(t: TestContext, { columns, data, time }: Dataset, name = 'COLVAR'): string {
  const folder = mkdtempSync(join(tmpdir(), 'latentcv-stream-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  const width = columns.length;
  const lines = Array.from(time, (ps, i) =>
    [ps.toFixed(6), ...Array.from(data.subarray(i * width, (i + 1) * width), (v) => v.toFixed(6))].join(' '),
  );
  writeFileSync(file, `#! FIELDS time ${columns.map(({ label }) => label).join(' ')}\n${lines.join('\n')}\n`);
  return file;
}

test('a store holds what was read, in single precision', async (t) => {
  const file = written(t, hiddenJumps(3000).dataset);
  const store = await openFrames([file]);
  const whole = await readTables(file);
  assert.equal(store.fingerprint, fingerprint(whole));
  assert.deepEqual([store.frames, store.spacing, store.uneven], [3000, 1, undefined]);
  const reader = new StoreReader(store);
  const piece = reader.read([
    { start: 10, end: 20 },
    { start: 2000, end: 2500 },
  ]);
  reader.close();
  assert.deepEqual(
    piece.segments.map(({ start, end }) => [start, end]),
    [
      [0, 10],
      [10, 510],
    ],
  );
  assert.deepEqual([...piece.time.subarray(8, 12)], [18, 19, 2000, 2001]);
  const expected = [...whole.data.subarray(60, 120), ...whole.data.subarray(12000, 15000)].map(Math.fround);
  assert.deepEqual([...piece.data], expected);
});

test('a store is made once, and anew where the file or what is read of it changed', async (t) => {
  const file = written(t, hiddenJumps(300).dataset);
  const madeAt = (store: FrameStore): number => statSync(join(store.folder, 'values.f32')).ino;
  const first = await openFrames([file]);
  assert.equal(madeAt(await openFrames([file])), madeAt(first));
  const fewer = await openFrames([file], { columns: ['d1', 'd2'] });
  assert.deepEqual(
    fewer.columns.map(({ label }) => label),
    ['d1', 'd2'],
  );
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/ (\d)\.(\d+)\n/, ' 7.5\n'));
  utimesSync(file, 1, 1);
  const changed = await openFrames([file], { columns: ['d1', 'd2'] });
  assert.notEqual(changed.source, fewer.source);
  // half a store is none
  writeFileSync(join(changed.folder, 'values.f32'), 'short');
  assert.equal((await openFrames([file], { columns: ['d1', 'd2'] })).frames, 300);
});

const options: TrainOptions = { hidden: [12], latent: 2, lag: 5, batch: 256, epochs: 30, seed: 4 };

test('streamed frames find the same slow process as frames in memory, the same each time', async (t) => {
  const { dataset } = hiddenJumps(12_000);
  const store = await openFrames([written(t, dataset)]);
  const encoder = await trainStream(store, options);
  const inMemory = await trainHere(dataset, options);
  // two states that flip with probability 0.01 a frame: autocorrelation (1 − 0.02)^lag
  const exact = (1 - 0.02) ** 5;
  for (const { record } of [encoder, inMemory])
    assert.ok(Math.abs(record.eigenvalues![0] - exact) < 0.06, `${record.eigenvalues![0]} against ${exact}`);
  assert.equal(encoder.record.frames, 12_000);
  const sample = storeSample(store, trainSettings(options));
  const bytes = (again: typeof encoder): Uint8Array => writeModelFile(newModel(sample, again));
  assert.deepEqual(bytes(await trainStreamHere(store, options, {})), bytes(encoder));
});

test('parts hold every training pair once, with its weight and label', async (t) => {
  const frames = 9000;
  const more = {
    w: Float64Array.from({ length: frames }, (_, i) => 1 + (i % 7)),
    s: Float64Array.from({ length: frames }, (_, i) => Number(i > 100)),
  };
  const table = withColumns(hiddenJumps(frames).dataset, more);
  const store = await openFrames([written(t, table)]);
  const reader = new StoreReader(store);
  t.after(() => reader.close());
  const given = trainSettings({ ...options, weights: 'w', labels: 's' });
  const seen = new Map<number, number>();
  const { parts } = preparedStream(store, reader, given);
  for (const { time, samples } of parts.epoch(new Random(3))) {
    samples.now.forEach((row, i) => {
      assert.equal(time[samples.later![i]] - time[row], 5);
      assert.ok(!seen.has(time[row]), `frame ${time[row]} twice`);
      seen.set(time[row], samples.weight![i]);
    });
  }
  // ten blocks of 900 frames, of which eight train; each loses the five last frames
  assert.equal(seen.size, 8 * 895);
  const mean = more.w.reduce((a, b) => a + b) / frames;
  for (const [frame, weight] of seen) assert.ok(Math.abs(weight - more.w[frame] / mean) < 1e-6);
});

test('frames of two runs under biases of their own weigh the same streamed as in memory', async (t) => {
  const frames = 4000;
  const bias = [0, 10].map((zero) =>
    Float64Array.from({ length: frames }, (_, i) => zero + Math.sin(i / 50)),
  );
  const tables = bias.map((v, i) => withColumns(hiddenJumps(frames, 3 + i).dataset, { v }));
  const files = tables.map((table) => written(t, table));
  const given = trainSettings({ ...options, bias: ['v'], temperature: 300 });
  const whole = splitRoles(await readTables(files), given).weights!;
  const store = await openFrames(files);
  const reader = new StoreReader(store);
  t.after(() => reader.close());
  const { prepared, parts } = preparedStream(store, reader, given);
  assert.ok(
    Math.abs(prepared.roles.scales!.get(files[1])!.highest - 11 / (300 * 8.31446261815324e-3)) < 1e-3,
  );
  const seen = new Set<number>();
  for (const { time, samples } of parts.epoch(new Random(3)))
    samples.now.forEach((row, i) => {
      const run = samples.weight![i];
      const found = [0, 1].filter((file) => Math.abs(whole[file * frames + time[row]] / run - 1) < 1e-5);
      assert.ok(found.length > 0, `frame ${time[row]} weighs ${run}`);
      seen.add(time[row]);
    });
  assert.ok(seen.size > 3000);
});

test('frames that are not evenly spaced, and a random split, are refused', async (t) => {
  const { dataset } = hiddenJumps(4000);
  const time = dataset.time.map((ps, i) => ps + (i > 3500 ? 3 : 0));
  const store = await openFrames([written(t, { ...dataset, time })]);
  await assert.rejects(trainStream(store, { ...options, method: 'vamp-autoencoder' }), { code: 'bad-data' });
  await assert.rejects(trainStream(store, { ...options, split: 'random' }), { message: /received random/ });
});
