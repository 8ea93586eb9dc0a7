import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, NodeProtoSchema } from '../../src/onnx/proto/index.js';
import { test } from 'node:test';
import { loadNativeModel } from '../../src/native/index.js';
import { readModelFile, writeModelFile } from '../../src/onnx/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { smallModel } from '../onnx/models.js';
import { python } from '../onnx/python.js';
import { runFixture } from '../native/fixtures.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runCli } from './run-cli.js';

const folder = temporaryFolder('foreign-files');
const kept = join(packageRoot(), 'test', 'fixtures', 'hostile-models');
for (const name of readdirSync(kept)) copyFileSync(join(kept, name), join(folder, name));
const read = join(packageRoot(), 'test', 'fixtures', 'foreign-models', 'cases');
for (const name of ['silu.onnx', 'sk-scaler-pca.onnx', 'softmax-axis99.onnx'])
  copyFileSync(join(read, name), join(folder, name));
const made = join(folder, 'made');
mkdirSync(made);
runFixture('hostile_models.py', made);
const latentcv = (...args: string[]) => runCli(args, { cwd: folder });

test('weights beside the file are read when that is asked for, and what is written is one file', () => {
  const without = latentcv('differentiate', 'tda.default.onnx');
  assert.equal(without.code, 1);
  assert.match(without.stderr, /lies outside the file, in "tda\.default\.onnx\.data"/);
  assert.match(
    without.stderr,
    /hint: --external-data .*external_data=False.*onnx\.save\(onnx\.load\('f\.onnx'\), 'g\.onnx'\)/,
  );
  const { code, stderr } = latentcv('differentiate', 'tda.default.onnx', '--external-data', '-o', 'one.onnx');
  assert.equal(code, 0, stderr);
  const frame = [0.1, -0.2, 0.3, 0.4, -0.5, 0.6];
  const native = loadNativeModel(join(folder, 'one.onnx'));
  assert.equal(native.evaluator, 'native');
  // Python's onnxruntime reads both files by itself
  const script = `import onnxruntime, sys, numpy as np
session = onnxruntime.InferenceSession(sys.argv[1])
print(*session.run(None, {session.get_inputs()[0].name: np.array([${JSON.stringify(frame)}], np.float32)})[0].ravel())`;
  const expected = Number(python(script, join(folder, 'tda.default.onnx')));
  assert.ok(Math.abs(native.evaluate(Float64Array.from(frame))[0] - expected) < 1e-6);
  const asked = latentcv('inspect', 'tda.default.onnx', '--external-data');
  assert.match(asked.stdout, /usable +no: .*external data/);
  assert.match(
    asked.stdout,
    /latentcv differentiate tda\.default\.onnx --external-data makes a model file of it/,
  );
  assert.ok(readModelFile(readFileSync(join(folder, 'one.onnx'))).metadata);
});

test("scikit-learn's scaler becomes what the plugin evaluates", () => {
  const { code, stderr } = latentcv('differentiate', 'sk-scaler-pca.onnx', '-o', 'sk.onnx');
  assert.equal(code, 0, stderr);
  const native = loadNativeModel(join(folder, 'sk.onnx'));
  assert.equal(native.evaluator, 'native', native.reason);
  const frame = [0.1, -0.2, 0.3, 0.4, -0.5, 0.6];
  const script = `import onnxruntime, sys, numpy as np
session = onnxruntime.InferenceSession(sys.argv[1])
print(*session.run(None, {'X': np.array([${JSON.stringify(frame)}], np.float32)})[0].ravel())`;
  const expected = python(script, join(folder, 'sk-scaler-pca.onnx')).trim().split(' ').map(Number);
  [...native.evaluate(Float64Array.from(frame))].forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) < 1e-6, `${value} for ${expected[i]}`),
  );
});

test('a link out of the folder is not followed', () => {
  const other = join(folder, 'other');
  mkdirSync(other);
  copyFileSync(join(kept, 'tda.default.onnx'), join(other, 'tda.default.onnx'));
  symlinkSync('/etc/hostname', join(other, 'tda.default.onnx.data'));
  const { code, stderr } = latentcv('inspect', 'other/tda.default.onnx', '--external-data');
  assert.equal(code, 1);
  assert.match(stderr, /lies in tda\.default\.onnx\.data, which is a link or no file/);
});

test('SiLU is predicted, and judged on frames', () => {
  const differentiated = latentcv('differentiate', 'silu.onnx', '--frames', 'silu.colvar', '-o', 's.onnx');
  assert.equal(differentiated.code, 0, differentiated.stderr);
  const predicted = latentcv('predict', 's.onnx', 'silu.colvar', '-o', 'CV');
  assert.equal(predicted.code, 0, predicted.stderr);
  const rows = readFileSync(join(folder, 'CV'), 'utf8').trim().split('\n').slice(1);
  const frames = readFileSync(join(folder, 'silu.colvar'), 'utf8').trim().split('\n').slice(1);
  rows.forEach((row, i) => {
    const inputs = Float64Array.from(frames[i].trim().split(/\s+/).slice(1).map(Number));
    const [expected] = loadNativeModel(join(folder, 's.onnx')).evaluate(inputs);
    assert.ok(Math.abs(Number(row.trim().split(/\s+/)[1]) - expected) < 1e-14);
  });
  assert.equal(latentcv('inspect', 's.onnx', 'silu.colvar').code, 0);
});

/** What inspect says of a file, and what the plugin's own loader says of it. */
function judged(path: string): { told: string; usable: boolean } {
  const { stdout, stderr } = latentcv('inspect', path);
  const usable = (): boolean => {
    try {
      loadNativeModel(join(folder, path));
      return true;
    } catch {
      return false;
    }
  };
  return { told: /usable +(\w+)/.exec(stdout)?.[1] ?? stderr, usable: usable() };
}

for (const name of [
  ...[
    'dup-init',
    'segment',
    'training-info',
    'twice',
    'xgb',
    'seq.f16w',
    'bomb-concat-doubling',
    'ort-loop-infinite',
  ],
  ...[
    'made/right',
    'made/input-type-int64',
    'made/input-type-float16',
    'made/input-type-string',
    'made/fixed-batch',
  ],
  ...[
    'made/raw-values',
    'made/shadowed-input',
    'made/twice-computed',
    'made/variance-zero',
    'made/two-inputs',
  ],
])
  test(`inspect says of ${name} what the plugin says`, () => {
    const { told, usable } = judged(`${name}.onnx`);
    if (told.startsWith('error')) assert.ok(!usable, told);
    else assert.equal(told, usable ? 'yes' : 'no');
  });

test('a model of ours that the plugin refuses is not told as one to use', () => {
  const model = fromBinary(ModelProtoSchema, writeModelFile(smallModel()));
  // a node that nothing needs, which reads what nothing writes
  model.graph!.node.push(create(NodeProtoSchema, { opType: 'Tanh', input: ['nowhere'], output: ['unused'] }));
  writeFileSync(join(folder, 'ours.onnx'), toBinary(ModelProtoSchema, model));
  const { stdout } = latentcv('inspect', 'ours.onnx');
  assert.match(stdout, /usable +no: /);
  assert.doesNotMatch(stdout, /In a PLUMED input/);
});

test('a name of a file reaches the terminal as letters, not as commands to it', () => {
  const { code, stdout } = latentcv('inspect', 'made/label-escape.onnx');
  assert.equal(code, 0);
  // eslint-disable-next-line no-control-regex
  assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  assert.match(stdout, /written by +\\u001b\]0;title\\u0007/);
  const json = latentcv('inspect', 'made/label-escape.onnx', '--json').stdout;
  assert.equal((JSON.parse(json) as { producer: string }).producer, '\u001b]0;title\u0007\u001b[2J');
});

test('the units of inputs are told', () => {
  assert.match(latentcv('inspect', 'nm.onnx').stdout, /inputs +1 \(nm\)|inputs +\d+ \(nm\)/);
});
