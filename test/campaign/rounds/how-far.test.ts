import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { howFar } from '../../../src/campaign/rounds/how-far.js';
import { RunFolder } from '../../../src/campaign/runs/run-record.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('how-far');

test('a run is as far as the step at which it was started last, and its pilots apart', async () => {
  const run = { name: 'run', words: ['run', '--folder', 'pilots/a'] };
  const pilot = { name: 'pilot', words: ['pilot', 'a.onnx', 'b.onnx', '--folder', 'pilots', '--only', 'b'] };
  assert.equal(await howFar(folder, run), '');
  const record = new RunFolder(join(folder, 'pilots', 'a'), []);
  await record.make();
  await record.begin(0);
  assert.equal(await howFar(folder, run), '');
  await record.begin(700);
  await record.begin(700);
  assert.equal(await howFar(folder, run), '700');
  assert.equal(await howFar(folder, pilot), '');
});

test('a training is further when its checkpoint is another', async () => {
  const train = { name: 'train', words: ['train', 'runs', '--output', 'models/a.onnx'] };
  assert.equal(await howFar(folder, train), '');
  mkdirSync(join(folder, 'models'));
  const checkpoint = join(folder, 'models', 'a.onnx.checkpoint');
  writeFileSync(checkpoint, '');
  utimesSync(checkpoint, 1, 1);
  const first = await howFar(folder, train);
  utimesSync(checkpoint, 2, 2);
  assert.notEqual(await howFar(folder, train), first);
});
