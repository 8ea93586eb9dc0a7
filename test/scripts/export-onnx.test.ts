import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';

const script = 'scripts/mlcolvar/export_onnx.py';

test('export_onnx.py says which package it lacks', () => {
  // the Python of the tests has onnx, but no torch
  const interpreter = join(cacheFolder(), 'python', 'bin', 'python');
  const { status, stderr } = spawnSync(interpreter, [join(packageRoot(), script), 'model.pt', 'model.onnx'], {
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.match(
    stderr,
    /^error: export_onnx\.py needs the Python package torch, .*\nhint: pip install torch onnx/,
  );
});

test('export_onnx.py comes with the package', () => {
  const { files } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    files: string[];
  };
  assert.ok(files.includes(script));
});
