import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeTable } from '../../src/frames/index.js';
import { runCli } from '../cli/run-cli.js';
import { temporaryFolder } from '../temporary-folder.js';
import { hiddenJumps } from '../training/data.js';

test("training and prediction leave nothing in the user's home or temporary folder", async () => {
  const folder = temporaryFolder('telemetry');
  const [home, temporary] = ['home', 'tmp'].map((name) => join(folder, name));
  for (const path of [home, temporary]) mkdirSync(path);
  await writeTable(join(folder, 'COLVAR'), hiddenJumps(500).dataset);
  const env: NodeJS.ProcessEnv = { HOME: home, TMPDIR: temporary };
  const train = ['train', 'COLVAR', '--columns', 'd*', '--lag', '5ps', '--layers', '8', '--epochs', '2'];
  for (const args of [
    [...train, '-o', 'm.onnx'],
    ['predict', 'm.onnx', 'COLVAR', '-o', 'CV'],
    ['inspect', 'm.onnx', 'COLVAR'],
    ['doctor'],
  ]) {
    const { code, stderr } = runCli(args, {
      cwd: folder,
      env,
      without: ['ORT_DISABLE_TELEMETRY', 'XDG_CACHE_HOME'],
    });
    assert.ok(args[0] === 'doctor' || code === 0, stderr);
  }
  const left = [home, temporary].flatMap((path) => readdirSync(path, { recursive: true, encoding: 'utf8' }));
  assert.deepEqual(left, []);
});
