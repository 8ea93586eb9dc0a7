import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import { createSession } from '../../src/runtimes/onnxruntime.js';
import { fromOrt, runSession, toOrt } from '../../src/runtimes/ort-values.js';
import { evaluate, type Feeds, type TensorOf } from '../../src/graph/index.js';
import { methodNames, methods } from '../../src/models/index.js';
import { loadNativeModel } from '../../src/native/index.js';
import { runFolder } from '../onnx/python.js';
import { readModelFile, writeModelFile } from '../../src/onnx/index.js';
import { newModel, train } from '../../src/training/index.js';
import { centralDifferences, difference } from '../graph/numbers.js';
import { temporaryFolder } from '../temporary-folder.js';
import { jumpingRing, neededColumns, shortTraining } from './synthetic.js';

// A model of every method, trained for a moment: its file in TypeScript, in ONNX Runtime from Node, and in the
// native core, in double and in float and through ONNX Runtime.
const scratch = temporaryFolder('exported');
const ring = jumpingRing(1200);
const rows = 5;
/** Of single precision, where the steps of the spread multiply rounding by up to 40. */
const floatError = 2e-5;

const decoders = temporaryFolder('decoders');

for (const name of methodNames)
  describe(`a file of ${name}`, async () => {
    const { dataset, roles } = neededColumns(ring, name);
    const encoder = await train(dataset, { ...shortTraining(name), ...roles });
    const bytes = writeModelFile(newModel(encoder));
    const path = join(scratch, `${name}.onnx`);
    writeFileSync(path, bytes);
    const { graph, metadata, decoder } = readModelFile(bytes);
    const { x, cv, jacobian } = graph!;
    const inputs = 4;
    const width = dataset.columns.length;
    const frames = Float64Array.from({ length: rows * inputs }, (_, i) => {
      const frame = 100 * Math.floor(i / inputs);
      return dataset.data[frame * width + (i % inputs)];
    });
    const feeds = { x: { shape: [rows, inputs], data: frames } };
    const expected = evaluate({ cv, jacobian }, feeds);

    it('takes the columns that are learned from and gives the CVs of the training frames', () => {
      assert.deepEqual(
        metadata!.inputs.map(({ label }) => label),
        ['d1', 'd2', 'd3', 'phi'],
      );
      const k = encoder.outputs.min.length;
      const given = Array.from(
        { length: rows * k },
        (_, i) => encoder.cv[100 * k * Math.floor(i / k) + (i % k)],
      );
      assert.ok(difference(expected.cv.data, given) < floatError);
    });

    it('has the Jacobian of its CVs: against central differences', () => {
      const k = encoder.outputs.min.length;
      for (let j = 0; j < k; j++) {
        // The sum over rows: each row depends on its own inputs alone.
        const column = (given: Feeds): number =>
          evaluate({ cv }, given).cv.data.reduce((sum, value, i) => (i % k === j ? sum + value : sum), 0);
        const differences = centralDifferences(column, feeds, 'x');
        const exact = differences.map((_, i) => {
          const [row, d] = [Math.floor(i / inputs), i % inputs];
          return expected.jacobian.data[(row * k + j) * inputs + d];
        });
        assert.ok(difference(differences, exact) < 1e-7, `cv ${j}: ${difference(differences, exact)}`);
      }
    });

    it('gives the same in ONNX Runtime and in the native core', async () => {
      const session = await createSession(bytes);
      const results = fromOrt(await runSession(session, toOrt([x as TensorOf<'input'>], feeds, 'float')));
      await session.release();
      const native = (options: Parameters<typeof loadNativeModel>[1]): Record<string, Float64Array> => ({
        ...loadNativeModel(path, options).evaluateWithJacobian(frames),
      });
      const same = (got: Record<string, ArrayLike<number>>, tolerance: number, what: string): void => {
        for (const output of ['cv', 'jacobian'] as const) {
          const worst = difference(expected[output].data, got[output]);
          assert.ok(worst < tolerance, `${what}, ${output}: ${worst}`);
        }
      };
      same(native({ evaluator: 'native' }), 1e-12, 'native core in double');
      same(native({ evaluator: 'native', precision: 'float' }), floatError, 'native core in float');
      same(native({ evaluator: 'onnxruntime' }), floatError, 'ONNX Runtime in the core');
      same({ cv: results.cv.data, jacobian: results.jacobian.data }, floatError, 'ONNX Runtime in Node');
    });

    it('has the way back where the method has one', async () => {
      assert.equal(decoder?.reconstruction !== undefined, methods[name].rebuilds === true);
      if (!decoder) return;
      const cv = { shape: expected.cv.shape, data: Float64Array.from(expected.cv.data) };
      const { cv: way, ...outputs } = decoder;
      const told = evaluate<string>(outputs, { cv });
      const session = await createSession(metadata!.decoder!);
      const results = fromOrt(await runSession(session, toOrt([way as TensorOf<'input'>], { cv }, 'float')));
      await session.release();
      for (const [output, { data }] of Object.entries(told))
        assert.ok(difference(data, results[output].data) < 10 * floatError, output);
      writeFileSync(join(decoders, `${name}.onnx`), metadata!.decoder!);
      const given = { cv: { shape: cv.shape, data: [...cv.data] } };
      const values = Object.entries(told).map(([output, { data }]) => [output, [...data]]);
      writeFileSync(
        join(decoders, `${name}.json`),
        JSON.stringify({ ...given, told: Object.fromEntries(values) as unknown }),
      );
    });
  });

test('decoders give the same in Python', () => {
  const found = runFolder(decoders);
  assert.ok(found.length >= methodNames.filter((name) => methods[name].rebuilds).length);
  for (const { model, outputs } of found) {
    const { told } = JSON.parse(readFileSync(join(decoders, `${model}.json`), 'utf8')) as {
      told: Record<string, number[]>;
    };
    for (const [output, values] of Object.entries(told))
      assert.ok(difference(outputs[output].data, values) < 10 * floatError, `${model}: ${output}`);
  }
});
