import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { constant, input, matmul, tanh, add } from '../../../src/graph/index.js';
import { loadNativeModel } from '../../../src/native/index.js';
import { decodeOnnx, readModelFile, writeOnnx } from '../../../src/onnx/index.js';
import { createSession } from '../../../src/runtimes/onnxruntime.js';
import { foreignFixtures } from '../../fixtures/foreign.js';
import { packageRoot } from '../../../src/support/folders.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { runCli } from '../run-cli.js';
import ort from 'onnxruntime-node';

const folder = temporaryFolder('keeps');

/** What `differentiate` wrote. */
function differentiated(path: string, ...more: string[]): { path: string; stdout: string; stderr: string } {
  const output = join(folder, 'out.onnx');
  const { code, stdout, stderr } = runCli(['differentiate', path, '-o', output, ...more]);
  assert.equal(code, 0, stderr);
  return { path: output, stdout, stderr };
}

const native = foreignFixtures().filter(({ path }) => {
  try {
    loadNativeModel(path, { evaluator: 'native' });
    return true;
  } catch {
    return false;
  }
});
const few = [
  ...[
    'autoencoder',
    'autoencoder-dynamo',
    'deep-tica',
    'variational-autoencoder-dynamo',
    'torch-softplus-dynamo',
  ],
  ...['torch-prelu', 'torch-batch-norm', 'torch-gelu-dynamo', 'torch-reductions', 'torch-residual-9'],
];

for (const { name, path, x, d } of native.filter((fixture) => few.includes(fixture.name)))
  test(`${name} stays native and gives the same numbers`, () => {
    const labels = Array.from({ length: d }, (_, i) => `d${i}`);
    const written = differentiated(path, '--columns', labels.join());
    const [before, after] = [loadNativeModel(path), loadNativeModel(written.path)];
    assert.equal(after.evaluator, 'native', after.reason);
    assert.match(written.stdout, /its own operators are kept/);
    assert.deepEqual(after.inputNames, labels);
    const frames = Float64Array.from(x);
    assert.deepEqual(after.evaluateWithJacobian(frames), before.evaluateWithJacobian(frames));
    const { metadata, opset, outputs } = readModelFile(readFileSync(written.path));
    assert.equal(metadata!.method, 'imported');
    const hasJacobian = outputs.some((output) => output.name === 'jacobian');
    assert.equal(hasJacobian, opset >= 16);
    if (!hasJacobian) assert.match(written.stderr, /operator set 9: no output jacobian/);
  });

test('what ONNX Runtime computes of a kept graph are its values and derivatives', async () => {
  const { path, x, d, double } = native.find(({ name }) => name === 'deep-tica')!;
  const session = await createSession(readFileSync(differentiated(path).path));
  const feed = new ort.Tensor('float32', Float32Array.from(x), [x.length / d, d]);
  const { cv, jacobian } = await session.run({ x: feed });
  for (const [found, expected] of [
    [cv, double.cv],
    [jacobian, double.jacobian],
  ] as const)
    expected.forEach((value, i) => assert.ok(Math.abs((found.data as Float32Array)[i] - value) < 1e-5));
});

test('weights in double stay in double, and so does the file', () => {
  const path = join(folder, 'double.onnx');
  const weights = Array.from({ length: 6 }, (_, i) => Math.sin(i + 1) / 3);
  const hidden = tanh(
    add(matmul(input('features', ['n', 3]), constant(weights, [3, 2])), constant([0.1, 1 / 3], [2])),
  );
  const cv = matmul(hidden, constant([1 / 7, -0.3], [2, 1]));
  writeFileSync(path, writeOnnx({ outputs: { y: cv }, precision: 'double' }));
  const written = differentiated(path).path;
  const frames = Float64Array.of(0.1, 0.2, -0.3);
  assert.deepEqual(loadNativeModel(written).evaluate(frames), loadNativeModel(path).evaluate(frames));
  const { inputs, outputs } = decodeOnnx(readFileSync(written));
  assert.deepEqual(
    [...inputs, ...outputs].map(({ type }) => type),
    ['DOUBLE', 'DOUBLE', 'DOUBLE'],
  );
});

test('a network of one frame at a time stays one, and is read for many', () => {
  const path = join(folder, 'one.onnx');
  const x = input('x', [1, 2]);
  const cv = matmul(tanh(x), constant([1, 2], [2, 1], 'w'));
  writeFileSync(path, writeOnnx({ outputs: { cv }, precision: 'float' }));
  const { path: written, stdout } = differentiated(path);
  assert.match(stdout, /its own operators are kept/);
  assert.equal(loadNativeModel(written).evaluator, 'native');
  assert.deepEqual(
    loadNativeModel(written).evaluate(Float64Array.of(0.1, 0.2)),
    loadNativeModel(path).evaluate(Float64Array.of(0.1, 0.2)),
  );
  assert.equal(readModelFile(readFileSync(written)).graph!.x.shape[0], 'n');
});

test('names that a file gives to others are no obstacle', () => {
  const path = join(folder, 'names.onnx');
  // the input is called cv, the output jacobian, a weight x
  const cv = matmul(tanh(input('cv', ['n', 2])), constant([1, 2], [2, 1], 'x'));
  writeFileSync(path, writeOnnx({ outputs: { jacobian: cv }, precision: 'float' }));
  const written = differentiated(path, '--graph-output', 'jacobian').path;
  const { cv: values, jacobian } = loadNativeModel(written).evaluateWithJacobian(Float64Array.of(0.5, -0.5));
  assert.equal(values[0], Math.tanh(0.5) - 2 * Math.tanh(0.5));
  assert.ok(Math.abs(jacobian[1] - 2 * (1 - Math.tanh(0.5) ** 2)) < 1e-15);
});

const cases = join(packageRoot(), 'test', 'fixtures', 'foreign-models', 'cases');

test('what single precision does not resolve at the check vectors is written in double, and loads', () => {
  // distances of points to themselves: differences of squares, then a root
  const { path, stderr } = differentiated(join(cases, 'shape-cdist.legacy.onnx'));
  assert.match(stderr, /written in double: in single precision it does not reproduce its check vectors/);
  assert.match(stderr, /node-0 has no derivative at any check vector: a bias on it gives no force/);
  assert.equal(readModelFile(readFileSync(path)).inputs[0].type, 'DOUBLE');
  assert.equal(loadNativeModel(path).evaluator, 'onnxruntime');
});

test('a CV without a derivative is told', () => {
  const network = join(folder, 'constant.onnx');
  const x = input('x', ['n', 2]);
  const cv = add(matmul(x, constant([0, 0], [2, 1])), 3);
  writeFileSync(network, writeOnnx({ inputs: [x], outputs: { cv }, precision: 'float' }));
  const { stderr } = differentiated(network);
  assert.match(stderr, /node-0 has no derivative at any check vector: a bias on it gives no force/);
});
