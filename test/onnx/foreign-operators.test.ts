import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { evaluate, jacobian, simplify } from '../../src/graph/index.js';
import { loadNativeModel } from '../../src/native/index.js';
import { readForeignModel } from '../../src/onnx/foreign/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { assertClose, runFixture } from '../native/fixtures.js';
import { temporaryFolder } from '../temporary-folder.js';

// Each operator with the attributes, inputs and operator sets that exporters use: our graph against Python's
// onnxruntime, its derivatives against central differences of its own values, and the native core against both.
const folder = temporaryFolder('operators');
runFixture('single_operators.py', folder);
const results = JSON.parse(readFileSync(join(folder, 'operators.json'), 'utf8')) as Record<
  string,
  { x: number[]; rows: number; y: number[]; structural: boolean }
>;
/** Takes more than two axes on the way, or what has no derivative worth an evaluator. */
const notNative = [
  'MatMul-stacked',
  'MatMul-vector',
  'Pow-base',
  'ReduceProd-11',
  'ReduceProd-18',
  'Reshape-Transpose',
  'Slice-frames',
  'Softmax-axis',
  'Unsqueeze-11',
  'Unsqueeze-13',
  'fixed-batch',
];

/** What the native core says against a file, where it does not take it. */
function refusalOf(path: string): string | undefined {
  try {
    loadNativeModel(path, { evaluator: 'native' });
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function differences(f: (x: number[]) => Float64Array, x: number[], rows: number, k: number): number[] {
  const d = x.length / rows;
  const step = 1e-6;
  return Array.from({ length: rows * k * d }, (_, at) => {
    const [row, output, input] = [Math.floor(at / (k * d)), Math.floor(at / d) % k, at % d];
    const moved = (by: number) => f(x.with(row * d + input, x[row * d + input] + by))[row * k + output];
    return (moved(step) - moved(-step)) / (2 * step);
  });
}

for (const [name, { x, rows, y, structural }] of Object.entries(results))
  describe(name, () => {
    const path = join(folder, `${name}.onnx`);
    const foreign = readForeignModel(readFileSync(path));
    const feed = (data: number[]) => ({ x: { shape: [rows, 4], data } });
    const values = (data: number[]) => evaluate({ cv: foreign.cv }, feed(data)).cv.data;
    const k = foreign.cv.shape[1] as number;
    const gradients = simplify({ j: jacobian(foreign.cv, foreign.x) });
    const expected = differences(values, x, rows, k);

    it("our graph gives onnxruntime's values, and derivatives that central differences confirm", () => {
      assertClose(values(x), y, 1e-6, 'value');
      assertClose(evaluate(gradients, feed(x), [foreign.x]).j.data, expected, 1e-8, 'derivative');
    });

    const refusal = structural ? refusalOf(path) : undefined;
    it(
      notNative.includes(name)
        ? 'has no native evaluation'
        : 'the native core agrees, or says that it cannot',
      () => {
        if (refusal) return assert.match(refusal, /no native evaluation/);
        if (notNative.includes(name)) {
          assert.throws(() => loadNativeModel(path), /no native evaluation.*latentcv differentiate/);
          return;
        }
        const native = loadNativeModel(path, { evaluator: 'native' }).evaluateWithJacobian(
          Float64Array.from(x),
        );
        assertClose(native.cv, [...values(x)], 1e-7, 'value');
        assertClose(native.jacobian, expected, 1e-7, 'derivative');
      },
    );
  });

it('an operator that is not read is named with its node', () => {
  const bytes = readFileSync(join(folder, 'Tanh.onnx'));
  const other = Buffer.from(bytes.toString('latin1').replaceAll('Tanh', 'LSTM'), 'latin1');
  assert.throws(
    () => readForeignModel(other),
    (error) => error instanceof LatentcvError && /node y \(LSTM\) uses the operator LSTM/.test(error.message),
  );
});

it('elements chosen by their values are read where only they themselves are changed', () => {
  const refused: [string, RegExp][] = [
    ['sum', /ReduceSum\) depends on how many elements are chosen/],
    ['count', /depends on .* elements are chosen/],
    ['first', /Gather\) depends on which elements are chosen/],
    ['elsewhere', /mixes elements chosen|into other places than theirs/],
    ['all', /Softmax\) depends on how many/],
  ];
  for (const [name, message] of refused)
    assert.throws(
      () => readForeignModel(readFileSync(join(folder, `refused-${name}.onnx`))),
      (error) => error instanceof LatentcvError && error.code === 'bad-model' && message.test(error.message),
      name,
    );
});
