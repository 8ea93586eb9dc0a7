import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  loadModel,
  predict,
  readTables,
  readTrajectory,
  type Dataset,
  type ModelMetadata,
} from '../../src/index.js';
import * as native from '../../src/public/native.js';
import { packageRoot } from '../../src/support/folders.js';
import { runCli } from '../cli/run-cli.js';
import { temporaryFolder } from '../temporary-folder.js';
import { newest, readJson, versions } from './written-before.js';

interface Expected {
  columns: string[];
  rows: number[][];
}

/** The frames that `make.mjs` asked the models about. */
async function framesOf(folder: string, { inputs, descriptors }: ModelMetadata): Promise<Dataset> {
  if (descriptors?.names === undefined) return readTables([join(folder, 'COLVAR')], { stride: 40 });
  const trajectory = join(packageRoot(), 'examples', 'peptide', 'hot-1.xtc');
  const found = await readTrajectory([trajectory], { set: descriptors, atoms: 32 }, { stride: 400 });
  return { ...found, columns: inputs.map(({ label, period }) => ({ label, ...(period && { period }) })) };
}

function assertClose(found: ArrayLike<number>, expected: readonly number[], what: string): void {
  assert.equal(found.length, expected.length, what);
  expected.forEach((value, i) =>
    assert.ok(Math.abs(found[i] - value) < 1e-6, `${what} ${i}: expected ${value} but received ${found[i]}`),
  );
}

for (const { commit, latentcv, old, folder } of versions) {
  const models = join(folder, 'models');
  const expected = readJson(join(models, 'expected.json')) as Record<string, Expected>;

  test(`models of ${commit} are all asked`, () => {
    const files = readdirSync(models).filter((name) => name.endsWith('.onnx'));
    assert.ok(files.length >= 8);
    assert.deepEqual(Object.keys(expected).sort(), files.sort());
  });

  for (const [name, { columns, rows }] of Object.entries(expected))
    test(`${name} of ${commit} says what it said`, async () => {
      const model = await loadModel(join(models, name));
      const { metadata } = model;
      assert.ok(metadata);
      assert.equal(metadata.generator, `latentcv ${latentcv}`);
      const said = await predict(model, await framesOf(folder, metadata));
      assert.deepEqual(
        said.columns.map(({ label }) => label),
        columns,
      );
      assertClose(said.data, rows.flat(), name);
      const { inputs, cv } = metadata.check;
      assertClose(
        native.loadNativeModel(join(models, name)).evaluate(Float64Array.from(inputs.flat())),
        cv.flat(),
        name,
      );
    });

  for (const name of ['kept.onnx', 'spib.onnx'])
    test(`inspect tells of the training of ${name} of ${commit}`, () => {
      const { code, stdout, stderr } = runCli(['inspect', join(models, name)]);
      assert.equal(code, 0, stderr);
      for (const row of [/frames +240\n/, /lag +2 ps\n/, /seed +5\n/, /data +[\da-f]{64}\n/])
        assert.match(stdout, row);
      if (name === 'kept.onnx') assert.match(stdout, /inputs chosen +2 of 3/);
      assert.match(stdout, old ? /time scales +[\d.]+ ps \(of the latent/ : /time scales +node-0: /);
    });
}

test('a model of a later format is refused, by the plugin’s loader too, with what to do', async () => {
  const bytes = readFileSync(join(newest.folder, 'models', 'tica.onnx'));
  // the key, then the field of the value and its length
  const key = Buffer.from('latentcv.format\x12\x01');
  const at = bytes.indexOf(key) + key.length;
  assert.equal(String.fromCharCode(bytes[at]), '1');
  bytes[at] = '2'.charCodeAt(0);
  const path = join(temporaryFolder('compatibility'), 'model.onnx');
  writeFileSync(path, bytes);
  await assert.rejects(loadModel(path), {
    code: 'bad-model',
    message: /latentcv\.format: expected 1: the file was made by another version/,
    hint: 'take the version that made it (latentcv 0.1.0), or train anew with this one',
  });
  assert.throws(() => native.loadNativeModel(path), {
    code: 'bad-model',
    message: /made by a newer latentcv/,
  });
});
