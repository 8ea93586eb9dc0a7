import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';

const folder = join(packageRoot(), 'src', 'onnx', 'proto');

test('onnx.proto is the one whose hash its README gives, and the generated file is what it gives', () => {
  const hash = createHash('sha256')
    .update(readFileSync(join(folder, 'onnx.proto')))
    .digest('hex');
  assert.ok(readFileSync(join(folder, 'README.md'), 'utf8').includes(hash));
  const script = join(packageRoot(), 'scripts', 'generate-onnx.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
