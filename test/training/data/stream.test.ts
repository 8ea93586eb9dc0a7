import assert from 'node:assert/strict';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fingerprint, readTables, writeTable, type Dataset } from '../../../src/frames/index.js';
import { prepareStream } from '../../../src/training/data/prepare.js';
import { inParts, samplePieces } from '../../../src/training/data/split/index.js';
import { StoreReader } from '../../../src/training/data/store-reader.js';
import {
  closeStore,
  learnableFrames,
  newModel,
  openFrames,
  openStore,
  splitRoles,
  storeSample,
  train,
  trainSettings,
  type FrameStore,
  type LearnableFrames,
  type TrainOptions,
  type TrainSettings,
} from '../../../src/training/index.js';
import { trainEncoder } from '../../../src/training/train.js';
import { writeModelFile } from '../../../src/onnx/index.js';
import { Random } from '../../../src/support/random.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { hiddenJumps, tableOf, withColumns } from '../data.js';

const streamed = (store: FrameStore, settings: TrainSettings): ReturnType<typeof prepareStream> =>
  prepareStream(learnableFrames(store, settings) as Required<LearnableFrames>, settings);

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
});

test('a store that is not as it was written is made anew, which is told', async (t) => {
  const file = written(t, hiddenJumps(300).dataset);
  const stored = (store: FrameStore): Buffer => readFileSync(join(store.folder, 'values.f32'));
  const store = await openFrames([file]);
  const [whole, about] = [stored(store), readFileSync(join(store.folder, 'frames.json'), 'utf8')];
  const at = (name: string): string => join(store.folder, name);
  const damages: [() => void, RegExp][] = [
    [() => writeFileSync(at('values.f32'), 'short'), /values\.f32 has 5 bytes, not 7200/],
    [
      () =>
        writeFileSync(
          at('values.f32'),
          whole.map((byte, i) => (i === 3000 ? byte ^ 1 : byte)),
        ),
      /values\.f32 is not as it was written/,
    ],
    [() => rmSync(at('values.f32')), /values\.f32 is missing/],
    [() => rmSync(at('times.f64')), /times\.f64 is missing/],
    [() => writeFileSync(at('times.f64'), new Float64Array(300)), /times\.f64 is not as it was written/],
    [() => writeFileSync(at('frames.json'), about.slice(0, 50)), /frames\.json cannot be read/],
    [() => writeFileSync(at('frames.json'), 'null'), /frames\.json cannot be read/],
    [
      () => writeFileSync(at('frames.json'), about.replace('"frames":300', '"frames":299')),
      /frames\.json cannot be read/,
    ],
    [() => rmSync(at('frames.json')), /frames\.json is missing/],
  ];
  for (const [damage, told] of damages) {
    damage();
    const warnings: string[] = [];
    const again = await openFrames([file], { onWarning: (line) => void warnings.push(line) });
    assert.match(warnings.join(), /the frames kept in .*COLVAR\.frames are damaged and are read anew: /);
    assert.match(warnings.join(), told);
    assert.ok(stored(again).equals(whole));
    assert.deepEqual(JSON.parse(readFileSync(at('frames.json'), 'utf8')), JSON.parse(about));
  }
  writeFileSync(at('notes'), 'mine');
  rmSync(at('frames.json'));
  await assert.rejects(openFrames([file]), { message: /for the frames alone but it holds notes/ });
});

test('a file where the store would be stays, and behind a link the folder it leads to is taken', async (t) => {
  const file = written(t, hiddenJumps(300).dataset);
  const place = `${file}.frames`;
  writeFileSync(place, 'mine');
  await assert.rejects(openFrames([file]), { message: /for the frames alone but it is a file/ });
  assert.equal(readFileSync(place, 'utf8'), 'mine');
  rmSync(place);
  mkdirSync(join(dirname(file), 'scratch'));
  symlinkSync('scratch', place);
  await openFrames([file]);
  assert.ok(lstatSync(place).isSymbolicLink());
  assert.ok(readdirSync(join(dirname(file), 'scratch')).includes('values.f32'));
});

test('several that store one file at once, and another choice of its columns, each have their own frames', async (t) => {
  const file = written(t, hiddenJumps(2000).dataset);
  const choices = [['d1', 'd2'], undefined, undefined, ['d3'], ['d1', 'd2']];
  const stores = await Promise.all(
    choices.map((columns) => openFrames([file], { ...(columns && { columns }) })),
  );
  for (const [i, store] of stores.entries()) {
    const columns = choices[i];
    const expected = await readTables(file, { ...(columns && { columns }) });
    const reader = new StoreReader(store);
    const { data } = reader.read([{ start: 0, end: 2000 }]);
    reader.close();
    assert.deepEqual(data, Float64Array.from(expected.data, Math.fround));
    closeStore(store);
  }
  assert.deepEqual(readdirSync(dirname(file)).sort(), ['COLVAR', 'COLVAR.frames']);
});

test('a thousand columns in trajectories of a hundred frames: an epoch has steps, and a sample stays small', async (t) => {
  const [width, pieces, length] = [1000, 130, 100];
  const frames = pieces * length;
  const random = new Random(2);
  // float32 numbers from one long table: a draw for each of 13 million takes long
  const noise = Float64Array.from({ length: 65537 }, () => random.normal());
  const data = Float64Array.from({ length: frames * width }, (_, i) => noise[(i * 31) % noise.length]);
  const columns = Array.from({ length: width }, (_, i) => ({ label: `d${i}` }));
  const folder = temporaryFolder('short-pieces');
  const table = tableOf(columns, data);
  const batches = async function* () {
    for (let segment = 0; segment < pieces; segment++) {
      const [start, end] = [segment * length, (segment + 1) * length];
      const part = { data: data.subarray(start * width, end * width), time: table.time.subarray(0, length) };
      yield { ...part, columns, frames: length, segment, source: `run${segment >> 3}` };
    }
    await Promise.resolve();
  };
  writeFileSync(join(folder, 'source'), 'runs');
  const store = await openStore({ files: [join(folder, 'source')], reading: [], batches });
  t.after(() => closeStore(store));
  const given = trainSettings({ ...options, method: 'tica', labels: 'source' });
  const prepared = streamed(store, given);
  const { parts } = prepared;
  // four million values are four thousand frames
  const { inputs } = prepared.roles;
  assert.ok(inputs.frames > 3000 && inputs.frames <= 4500, `${inputs.frames} frames`);
  assert.deepEqual(prepared.roles.labels!.names.length, 17);
  const { batch } = prepared.course;
  const sizes = Array.from(parts.epoch(new Random(1)), ({ samples }) => samples.now.length);
  assert.ok(sizes.every((size) => size >= batch));
  assert.equal(Math.max(...sizes) <= 12_000, true);
  assert.ok(parts.stepsOfEpoch(batch) >= 8);
});

test('pieces are put together until they hold whole batches; a sample takes of both sides, and of every group', () => {
  const short = Array.from({ length: 50 }, (_, i) => ({ start: 100 * i, end: 100 * i + 100 }));
  const parts = inParts(short, { frames: 1000, samples: 700, lag: 60 });
  // 700 pairs take 18 pieces of 40: two parts of 18, and the last 14, which make no 700, are in the second
  assert.deepEqual(
    parts.map(({ length }) => length),
    [18, 32],
  );
  assert.deepEqual(
    inParts(short, { frames: 1000, samples: 700, lag: 0 }).map(({ length }) => length),
    [10, 10, 10, 10, 10],
  );
  const blocks = Array.from({ length: 10_000 }, (_, i) => ({
    start: 50 * i,
    end: 50 * i + 50,
    side: i % 5 === 2 ? ('validation' as const) : ('train' as const),
  }));
  const wanted = { wanted: 20_000, length: 1024, frames: 500_000 };
  const sample = samplePieces(blocks, wanted, () => '');
  const frames = (side?: string): number =>
    sample.reduce((sum, piece) => sum + (side && piece.side !== side ? 0 : piece.end - piece.start), 0);
  assert.ok(Math.abs(frames() - 20_000) <= 200, `${frames()} frames`);
  assert.ok(Math.abs(frames('validation') - 4000) <= 100);
  assert.ok(sample.at(-1)!.end > 480_000);
  const grouped = samplePieces(blocks, { ...wanted, wanted: 500 }, ({ start }) => String(start % 1000));
  assert.equal(new Set(grouped.map(({ start }) => start % 1000)).size, 20);
});

const options: TrainOptions = { hidden: [12], latent: 2, lag: 5, batch: 256, epochs: 30, seed: 4 };

test('streamed frames find the same slow process as frames in memory, the same each time', async (t) => {
  const { dataset } = hiddenJumps(12_000);
  const store = await openFrames([written(t, dataset)]);
  const encoder = await train(store, options);
  const inMemory = await trainEncoder(dataset, options);
  // two states that flip with probability 0.01 a frame: autocorrelation (1 − 0.02)^lag
  const exact = (1 - 0.02) ** 5;
  for (const { record } of [encoder, inMemory])
    assert.ok(Math.abs(record.eigenvalues![0] - exact) < 0.06, `${record.eigenvalues![0]} against ${exact}`);
  assert.equal(encoder.record.frames, 12_000);
  const bytes = (again: typeof encoder): Uint8Array => writeModelFile(newModel(again));
  assert.deepEqual(bytes(await trainEncoder(store, options)), bytes(encoder));
});

test('parts hold every training pair once, with its weight and label', async (t) => {
  const frames = 9000;
  const more = {
    w: Float64Array.from({ length: frames }, (_, i) => 1 + (i % 7)),
    s: Float64Array.from({ length: frames }, (_, i) => Number(i > 100)),
  };
  const table = withColumns(hiddenJumps(frames).dataset, more);
  const store = await openFrames([written(t, table)]);
  const given = trainSettings({ ...options, weights: 'w', labels: 's' });
  const seen = new Map<number, number>();
  const { parts } = streamed(store, given);
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
  const { parts, roles } = streamed(store, given);
  assert.ok(Math.abs(roles.scales!.get(files[1])!.highest - 11 / (300 * 8.31446261815324e-3)) < 1e-3);
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

test('of a run beside one without a bias, streamed pairs weigh nothing and their frames what they weigh', async (t) => {
  const frames = 4000;
  const bias = Float64Array.from({ length: frames }, (_, i) => 1 + Math.sin(i / 50));
  const biases = [new Float64Array(frames), bias];
  const tables = biases.map((v, i) => withColumns(hiddenJumps(frames, 3 + i).dataset, { v }));
  const files = tables.map((table) => written(t, table));
  const given = trainSettings({ ...options, bias: ['v'], temperature: 300 });
  const whole = splitRoles(await readTables(files), given);
  const { parts, shape } = streamed(await openFrames(files), given);
  assert.ok(shape.framesWeighted);
  const seen = [0, 0];
  for (const { time, samples } of parts.epoch(new Random(3)))
    samples.now.forEach((row, i) => {
      const file = samples.weight![i] > 0 ? 0 : 1;
      const frame = file * frames + time[row];
      assert.ok(Math.abs(samples.weight![i] - whole.pairWeights![frame]) < 1e-3);
      assert.ok(Math.abs(samples.frameWeight![i] / whole.weights![frame] - 1) < 1e-3);
      seen[file]++;
    });
  assert.ok(seen[0] > 2000 && seen[1] > 2000);
});

test('a state that the sample of frames on disk has not is learned from, and it is told', async () => {
  const frames = 260_000;
  const random = new Random(5);
  const data = new Float64Array(2 * frames);
  for (let i = 0; i < frames; i++) data.set([random.normal(), i % 2], 2 * i);
  // pieces of 1024 of some 1330 frames are sampled: these few lie between two of them
  for (let i = 1100; i < 1130; i++) data[2 * i + 1] = 4;
  const path = join(temporaryFolder('rare-state'), 'frames.npy');
  await writeTable(path, tableOf([{ label: 'd1' }, { label: 's' }], data));
  const store = await openFrames([path]);
  assert.deepEqual(store.states, [null, [0, 1, 4]]);
  const settings = trainSettings({ method: 'deep-lda', labels: 's', latent: 1 });
  assert.ok(!storeSample(store, settings).data.includes(4));
  const { parts, roles, warnings } = streamed(store, settings);
  assert.deepEqual(roles.labels!.names, ['0', '1', '4']);
  assert.match(warnings.join(), /no frame of state 4 is in the sample of \d+ frames/);
  const counts = [0, 0, 0];
  for (const { tables } of parts.epoch(new Random(3)))
    tables.states!.forEach((one, i) => (counts[i % 3] += one));
  assert.equal(counts[2], 30);
});

test('frames that are not evenly spaced, and a random split, are refused', async (t) => {
  const { dataset } = hiddenJumps(4000);
  const time = dataset.time.map((ps, i) => ps + (i > 3500 ? 3 : 0));
  const store = await openFrames([written(t, { ...dataset, time })]);
  await assert.rejects(train(store, { ...options, method: 'vamp-autoencoder' }), { code: 'bad-data' });
  await assert.rejects(train(store, { ...options, split: 'random' }), { message: /received random/ });
});
