import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import { addonPath, DescriptorReader, loadNativeModel } from '../../src/native/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runFixture } from './fixtures.js';

const folder = temporaryFolder('misuse');
runFixture('bad_models.py', folder);
const model = (name: string): string => join(folder, `${name}.onnx`);

const frames = 300;
const xyz = join(folder, 'walk.xyz');
writeFileSync(xyz, Array.from({ length: frames }, (_, i) => `2\nframe\nC 0 0 0\nC ${1 + i} 0 0\n`).join(''));
const source = { path: xyz, format: '', perNanometre: 0, salvage: false };

const readerOf = (threads: number): DescriptorReader =>
  new DescriptorReader({
    descriptors: ['distance 0 1'],
    references: [],
    atoms: Uint32Array.of(0, 1),
    total: 2,
    minimumImage: false,
    threads,
  });

describe('a reader of descriptors', () => {
  it('refuses what counts no frames, and a room that is too small', async () => {
    const reader = readerOf(1);
    for (const [first, count, stride, message] of [
      [-1, 2, 1, /expected a whole number from 0 for first but received -1/],
      [0, 1.5, 1, /expected a whole number from 0 for count but received 1.5/],
      [0, NaN, 1, /for count but received NaN/],
      [0, 2, 0, /expected a whole number from 1 for stride but received 0/],
    ] as const)
      await assert.rejects(reader.read(source, first, count, stride), { code: 'bad-argument', message });
    await assert.rejects(reader.read(source, 0, 2, 1, new Float64Array(1)), {
      code: 'bad-argument',
      message: /expected 2 numbers or more for room but received 1/,
    });
  });

  it('may be asked again before it has answered: one reading waits for the other', async () => {
    const reader = readerOf(2);
    const batches = await Promise.all([
      reader.read(source, 0, frames, 1),
      reader.read(source, 0, frames / 2, 2),
      reader.countFrames(source),
      reader.read(source, frames - 1, 1, 1),
    ]);
    const distances = [batches[0], batches[1], batches[3]].map(({ values }) => [...values]);
    const expected = Array.from({ length: frames }, (_, i) => (1 + i) / 10);
    assert.deepEqual(distances[0], expected);
    assert.deepEqual(
      distances[1],
      expected.filter((_, i) => i % 2 === 0),
    );
    assert.deepEqual(distances[2], expected.slice(-1));
    assert.equal(batches[2].frames, frames);
  });

  it('refuses places and counts that are none', async () => {
    const reader = readerOf(1);
    for (const [first, count, stride] of [
      [-1, 1, 1],
      [0, 1, -1],
      [0.5, 1, 1],
      [0, 1, NaN],
      [2 ** 60, 1, 1],
    ])
      await assert.rejects(reader.read(source, first, count, stride), {
        code: 'bad-argument',
        message: /whole number/,
      });
  });
});

describe('a model', () => {
  it('refuses a box of NaN, which would count as none', () => {
    const nothing = Float64Array.from([0, 0, 0, 0.1, 0, 0, 0, 0.2, 0]);
    const atoms = loadNativeModel(model('atoms'));
    assert.ok(atoms.evaluateAtoms(nothing, Float64Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1])));
    for (const broken of [NaN, Infinity])
      assert.throws(() => atoms.evaluateAtoms(nothing, Float64Array.from([1, 0, 0, 0, broken, 0, 0, 0, 1])), {
        code: 'bad-argument',
        message: 'expected finite numbers for the boxes',
      });
  });

  it('is refused before it runs where nothing tells that it ends', () => {
    for (const evaluator of ['auto', 'onnxruntime'] as const)
      assert.throws(() => loadNativeModel(model('endless'), { evaluator }), {
        code: 'bad-model',
        message: /Loop.*expected a number of trips but it ends by its condition alone/,
      });
  });

  it('is refused before step 0 where its shapes are not what it says', () => {
    assert.throws(() => loadNativeModel(model('wrong-shape')), {
      code: 'bad-model',
      message: /Got: 3 Expected: 2/,
    });
  });

  it('gets at most so many threads as start at once', () => {
    assert.throws(() => loadNativeModel(model('plain'), { threads: 100_000 }), {
      code: 'bad-argument',
      message: /expected from 1 to 256 threads but received 100000/,
    });
  });
});

test('ONNX Runtime, loaded by the core, leaves nothing in the home and temporary folders', () => {
  const [home, temporary] = ['home', 'temporary'].map((name) => join(folder, name));
  for (const place of [home, temporary]) mkdirSync(place);
  const build = join(packageRoot(), 'native', 'build.cjs');
  // the addon itself, so that what TypeScript sets for it is not there
  const script = `const { NativeModel, useOnnxRuntime } = require(process.argv[1]);
    useOnnxRuntime(require(process.argv[3]).onnxruntime());
    const model = new NativeModel(process.argv[2], 'onnxruntime', 'double', 'cpu', 1);
    console.log(model.evaluator, model.evaluate(Float64Array.of(0.1, 0.2), true).cv.length)`;
  // a sanitizer's own library stays first where the tests run under one
  const { PATH, LD_PRELOAD, ASAN_OPTIONS } = process.env;
  const env = { PATH, LD_PRELOAD, ASAN_OPTIONS, HOME: home, TMPDIR: temporary };
  const args = ['-e', script, addonPath(), model('by-onnxruntime'), build];
  const { stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  assert.equal(stdout.trim(), 'onnxruntime 2', stderr);
  assert.deepEqual([...readdirSync(home), ...readdirSync(temporary)], []);
});
