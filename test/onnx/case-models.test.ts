import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import '../../src/support/no-telemetry.js';
import ort from 'onnxruntime-node';
import { evaluate, jacobian, simplify } from '../../src/graph/index.js';
import { readForeignModel } from '../../src/onnx/foreign/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { packageRoot } from '../../src/support/folders.js';
import { generator } from '../graph/numbers.js';
import { assertClose } from '../native/fixtures.js';

// Small models that once were refused or differentiated wrongly (test/fixtures/foreign-models/README.md): each is read
// and agrees with ONNX Runtime's own run of the file and with central differences, or is refused with the reason.
const folder = join(packageRoot(), 'test', 'fixtures', 'foreign-models', 'cases');
const read = [
  'act-silu.legacy',
  'fermi',
  'fn-atan2.legacy',
  'net-conv1d.legacy',
  'pos-pairs.legacy',
  'pow-03',
  'pre-hist.legacy',
  'shape-cdist.legacy',
  'shape-gather.dynamo',
  'silu',
  'sk-scaler-pca',
  'sqrt',
  'where-log',
];
const ofDoubles = ['pow-03', 'sqrt', 'where-log'];
const refused: [string, RegExp][] = [
  ['net-lstm.legacy', /uses the operator LSTM, which is not read/],
  // PyTorch's legacy exporter lost the sum: ONNX Runtime gives another number than PyTorch for this file
  ['net-schnet.legacy', /ScatterElements\) puts several values into one place, of which one would stay/],
  ['softmax-axis99', /Softmax\) is along axis 99 of 2/],
];
const bytesOf = (name: string) => readFileSync(join(folder, `${name}.onnx`));

/** Of a function of rows, by the rule of fourth order. */
function differences(f: (row: number[]) => number[], row: number[], step = 1e-3): number[] {
  const k = f(row).length;
  const slopes = row.map((value, i) => {
    const [a, b, c, d] = [2, 1, -1, -2].map((by) => f(row.with(i, value + by * step)));
    return a.map((_, o) => (8 * (b[o] - c[o]) - (a[o] - d[o])) / (12 * step));
  });
  return Array.from({ length: k }, (_, o) => slopes.map((slope) => slope[o])).flat();
}

describe('models that once did not go through', () => {
  for (const name of read)
    it(name, async () => {
      const { x, cv, names } = readForeignModel(bytesOf(name));
      const d = x.shape[1] as number;
      const random = generator(3);
      const row = Array.from({ length: d }, () => 0.25 + 0.5 * random());
      const feed = (data: number[]) => ({ x: { shape: [1, d], data } });
      const value = (data: number[]) => [...evaluate({ cv }, feed(data), [x]).cv.data];
      const { j } = evaluate(simplify({ j: jacobian(cv, x) }), feed(row), [x]);
      const session = await ort.InferenceSession.create(bytesOf(name));
      const type = ofDoubles.includes(name) ? 'float64' : 'float32';
      const results = await session.run({ [names.input]: new ort.Tensor(type, row, [1, d]) });
      // a self-distance is √(rounding) in float32
      const tolerance = name === 'shape-cdist.legacy' ? 2e-4 : 2e-6;
      assertClose(value(row), [...(results[names.output].data as Float32Array)], tolerance, 'value');
      assertClose(j.data, differences(value, row), 1e-8, 'derivative');
    });

  for (const [name, message] of refused)
    it(`${name} is refused`, () =>
      assert.throws(
        () => readForeignModel(bytesOf(name)),
        (error) =>
          error instanceof LatentcvError && error.code === 'bad-model' && message.test(error.message),
      ));

  it('the distance of a point from itself has derivative 0, not NaN', () => {
    const { x, cv } = readForeignModel(bytesOf('shape-cdist.legacy'));
    const feeds = { x: { shape: [1, 6], data: [1, 2, 3, 0, -1, 2] } };
    const found = evaluate({ cv, j: jacobian(cv, x) }, feeds, [x]);
    assert.ok(found.j.data.every(Number.isFinite));
    for (const own of [0, 5, 10, 15]) {
      assert.equal(found.cv.data[own], 0);
      assert.ok(found.j.data.subarray(own * 6, own * 6 + 6).every((slope) => slope === 0));
    }
  });
});
