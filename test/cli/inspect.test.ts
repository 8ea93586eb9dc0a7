import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeModelFile, writeOnnx } from '../../src/onnx/index.js';
import { smallModel } from '../onnx/models.js';
import { runCli } from './run-cli.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('inspect');
const path = join(folder, 'model.onnx');
writeFileSync(path, writeModelFile(smallModel()));

test('a model file is told in words', () => {
  const { code, stdout } = runCli(['inspect', path]);
  assert.equal(code, 0);
  assert.match(stdout, /4 inputs → node-0, node-1/);
  assert.match(stdout, /method +vamp-autoencoder/);
  assert.match(stdout, /network +4-3-2 tanh/);
  assert.match(stdout, /4 \(nm, rad\): d_5_7 d_5_9 t_5_7_9_15 al_9\.y/);
  assert.match(stdout, /node-1 +-0\.5 to 0\.25 in training, periodic from -1 to 1/);
  assert.match(stdout, /ONNX_MODEL FILE=.*model\.onnx ATOMS=5,7,9,15/);
});

test('--json has all of the metadata', () => {
  const { code, stdout } = runCli(['inspect', path, '--json']);
  assert.equal(code, 0);
  const { readable, hasMetadata, metadata } = JSON.parse(stdout) as {
    readable: boolean;
    hasMetadata: boolean;
    metadata: { inputs: { label: string }[]; check: { cv: number[][] } };
  };
  assert.deepEqual([readable, hasMetadata], [true, true]);
  assert.deepEqual(
    metadata.inputs.map((input) => input.label),
    ['d_5_7', 'd_5_9', 't_5_7_9_15', 'al_9.y'],
  );
  assert.ok(metadata.check.cv.length > 0);
});

test('an ONNX file from elsewhere is told as far as it goes', () => {
  const { x, cv } = smallModel();
  const foreign = join(folder, 'foreign.onnx');
  writeFileSync(foreign, writeOnnx({ inputs: [x], outputs: { cv }, precision: 'float' }));
  const { code, stdout } = runCli(['inspect', foreign]);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /without latentcv's metadata/);
});

test('a file that is cut off ends with 1 and one line', () => {
  const cut = join(folder, 'cut.onnx');
  writeFileSync(cut, writeModelFile(smallModel()).subarray(0, 500));
  const { code, stderr } = runCli(['inspect', cut]);
  assert.equal(code, 1);
  assert.match(stderr, /^error: .*cut\.onnx/);
});
