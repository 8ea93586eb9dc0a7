import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';

// A real model file with metadata, checks and a jacobian, cut and changed; all are tried in a process of its own,
// so that a crash is seen as one.
const source = join(packageRoot(), 'plumed-plugin', 'regtest', 'rt-atoms-onnxruntime', 'model.onnx');
const folder = temporaryFolder('damaged');

/** Loads and evaluates every variant; prints how many were read and how many refused. */
const child = `
import { readFileSync, writeFileSync } from 'node:fs';
const [, , source, path, mode, library] = process.argv;
const { loadNativeModel } = await import(library);
const bytes = readFileSync(source);
let seed = 12345;
const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
function* variants() {
  if (mode === 'cut') for (let n = 0; n < bytes.length; n++) yield bytes.subarray(0, n);
  else for (let i = 0; i < 2000; i++) {
    const changed = Buffer.from(bytes);
    for (let j = 0; j <= i % 3; j++) changed[random(bytes.length)] = random(256);
    yield changed;
  }
}
const count = { read: 0, refused: 0 };
for (const variant of variants()) {
  writeFileSync(path, variant);
  try {
    const model = loadNativeModel(path, { evaluator: 'native' });
    model.evaluateWithJacobian(new Float64Array(model.inputs));
    count.read++;
  } catch (error) {
    if (error.code !== 'bad-model') throw error;
    count.refused++;
  }
}
console.log(JSON.stringify(count));
`;

function tryVariants(mode: string): { read: number; refused: number } {
  const script = join(folder, `${mode}.mjs`);
  writeFileSync(script, child);
  const library = new URL('../../src/native/index.js', import.meta.url).href;
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [script, source, join(folder, `${mode}.onnx`), mode, library],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, `ended by ${signal ?? status}: ${stderr}`);
  return JSON.parse(stdout) as { read: number; refused: number };
}

it('cut at any byte, a file is refused: its last entry tells that it is complete', () => {
  const { length } = readFileSync(source);
  const { read, refused } = tryVariants('cut');
  assert.equal(read + refused, length);
  assert.equal(read, 0);
});

it('with random bytes changed, a file is refused or read, and nothing crashes', () => {
  const { read, refused } = tryVariants('changed');
  assert.equal(read + refused, 2000);
  assert.ok(refused > 1000, `only ${refused} of 2000 refused`);
});
