import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../src/support/folders.js';
import { runFixture } from '../native/fixtures.js';
import { temporaryFolder } from '../temporary-folder.js';
import type { ReadOutcome } from './read-each.js';

const folder = temporaryFolder('hostile');
runFixture('hostile_models.py', folder);
const kept = join(packageRoot(), 'test', 'fixtures', 'hostile-models');
for (const name of readdirSync(kept)) copyFileSync(join(kept, name), join(folder, name));
const read = join(packageRoot(), 'test', 'fixtures', 'foreign-models', 'cases');
for (const name of ['silu.onnx', 'sk-scaler-pca.onnx', 'softmax-axis99.onnx'])
  copyFileSync(join(read, name), join(folder, name));

/** What is read, and differentiated; everything else is refused. */
const right = new Set([
  ...[
    'right',
    'external-right',
    'lying-output',
    'opset-huge',
    'nested-unknown',
    'training-info',
    'silu',
    'sk-scaler-pca',
    'linear-regressor',
  ],
  ...['label-escape', 'label-path', 'label-plumed', 'label-shell', 'label-space', 'slice-all', 'slice-back'],
  ...['deep', 'deep-powers', 'deep-constants', 'fixed-batch', 'input-least', 'input-negative'],
  ...['input-type-bfloat16', 'input-type-float16'],
]);
/** What is read, but has no finite derivatives. */
const notFinite = new Set(['attribute-inf', 'attribute-nan', 'division-by-zero', 'variance-zero']);

// the process has little memory, and a time after which it is taken to hang
const child = fileURLToPath(new URL('./read-each.js', import.meta.url));
const { stdout, stderr, status } = spawnSync(process.execPath, ['--max-old-space-size=512', child, folder], {
  encoding: 'utf8',
  timeout: 300_000,
});
const outcomes = stdout
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as ReadOutcome);
const of = (name: string): ReadOutcome => outcomes.find((outcome) => outcome.name === name)!;

test('every file is read or refused in a sentence, in little memory', () => {
  assert.equal(status, 0, stderr);
  assert.equal(outcomes.length, readdirSync(folder).filter((name) => name.endsWith('.onnx')).length);
  for (const { name, inspect, differentiate, memory } of outcomes) {
    assert.ok(memory < 1_000_000, `${name} took ${memory} kB`);
    if (right.has(name)) assert.deepEqual([inspect, differentiate], ['read', 'read'], name);
    else assert.notEqual(differentiate, 'read', name);
    if (notFinite.has(name)) assert.match(differentiate, /finite/, name);
    for (const sentence of [inspect, differentiate])
      assert.ok(sentence === 'read' || /^\S.{20,400}$/.test(sentence), `${name}: ${sentence}`);
  }
});

const sentences: Readonly<Record<string, RegExp>> = {
  'bomb-concat-doubling': /more than is reasonable for a file of 1608 bytes/,
  'bomb-constantofshape': /more than is reasonable for a file of 169 bytes/,
  'dup-init': /every name to be computed once but "w" comes again/,
  nm: /latentcv model already/,
  'ort-loop-infinite': /uses the operator Loop, which is not read|one input of shape/,
  segment: /comes in segments/,
  'seq.f16w': /FLOAT16, which is not read/,
  'softmax-axis99': /is along axis 99 of 2/,
  'tda.default': /lies outside the file, in "tda\.default\.onnx\.data"/,
  twice: /one graph but the file holds several/,
  xgb: /a tree ensemble \(TreeEnsembleRegressor\), which has no derivative/,
  'nested-only': /nested at most 32 deep/,
  'many-nodes': /at most 4194304 parts/,
  'many-outputs': /derivatives of 20000 outputs/,
  'no-operator': /to name its operator/,
  'celu-zero': /divides by its alpha/,
  'external-device': /no plain name of a file beside the model/,
  'external-link': /is a link or no file/,
};
for (const [name, sentence] of Object.entries(sentences))
  test(`${name} is told as what it is`, () => assert.match(of(name).differentiate, sentence));
