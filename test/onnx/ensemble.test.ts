import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOnnxRuntime } from '../../src/runtimes/index.js';
import { evaluate, jacobian } from '../../src/graph/index.js';
import { ensembleGraph, readModelFile, readOnnx, writeModelFile } from '../../src/onnx/index.js';
import { loadNativeModel } from '../../src/native/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { centralDifferences, difference } from '../graph/numbers.js';
import { temporaryFolder } from '../temporary-folder.js';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { ensembleModel, smallModel } from './models.js';

const rows = [
  [0.1, 0.2, 0.3, 0.4],
  [1, -1, 0.5, 1 / 3],
  [-0.7, 0.9, 2.5, 0],
];
const feeds = { x: { shape: [rows.length, 4], data: Float64Array.from(rows.flat()) } };
const ranges = [2, 0.75];

describe('an ensemble', () => {
  const members = [1, 3, 4].map((seed) => smallModel(seed));
  const ensemble = ensembleGraph(members, ranges);
  const results = evaluate(
    { cv: ensemble.cv, u: ensemble.uncertainty.value, gradient: ensemble.uncertainty.gradient },
    feeds,
  );
  const answers = members.map(({ cv }) => evaluate({ cv }, feeds).cv.data);

  it('gives the mean of its members, and their disagreement by the formula', () => {
    rows.forEach((_, n) => {
      let sum = 0;
      for (const j of [0, 1]) {
        const values = answers.map((data) => data[2 * n + j]);
        const mean = values.reduce((a, b) => a + b) / 3;
        assert.ok(Math.abs(mean - results.cv.data[2 * n + j]) < 1e-14);
        for (const value of values) sum += ((value - mean) / ranges[j]) ** 2;
      }
      const expected = Math.sqrt(sum / 6);
      assert.ok(expected > 0.05 && Math.abs(results.u.data[n] - expected) < 1e-14, `${expected}`);
    });
  });

  it('has derivatives that are central differences of the disagreement', () => {
    rows.forEach((row, n) => {
      const one = { x: { shape: [1, 4], data: Float64Array.from(row) } };
      const slope = centralDifferences(
        (f) => evaluate({ u: ensemble.uncertainty.value }, f).u.data[0],
        one,
        'x',
      );
      assert.ok(difference(results.gradient.data.subarray(4 * n, 4 * n + 4), slope) < 1e-8);
    });
  });

  it('of members that agree has no uncertainty, and finite derivatives', () => {
    const { uncertainty } = ensembleGraph([members[0], members[0]], ranges);
    const { u, gradient } = evaluate({ u: uncertainty.value, gradient: uncertainty.gradient }, feeds);
    const numbers = [...u.data, ...gradient.data];
    assert.ok(numbers.length === 15 && numbers.every((value) => value === 0), String(numbers));
  });

  const refusals: [string, () => unknown, RegExp][] = [
    ['a single member', () => ensembleGraph([members[0]], ranges), /at least two members.*received 1/],
    ['a range of zero', () => ensembleGraph(members, [1, 0]), /positive ranges.*received 0/],
    ['a missing range', () => ensembleGraph(members, [1]), /2 ranges, one for each CV/],
  ];
  for (const [what, body, message] of refusals)
    it(`refuses ${what}`, () => {
      assert.throws(body, (error) => error instanceof LatentcvError && message.test(error.message));
    });
});

describe('a model file of an ensemble', () => {
  const model = ensembleModel();
  const bytes = writeModelFile(model);
  const path = join(temporaryFolder('ensemble'), 'ensemble.onnx');
  writeFileSync(path, bytes);
  const graph = readModelFile(bytes).graph!;
  const expected = evaluate(
    {
      cv: graph.cv,
      jacobian: jacobian(graph.cv, graph.x),
      u: graph.uncertainty!,
      g: graph.uncertaintyGradient!,
    },
    feeds,
  );

  it('carries check vectors of the uncertainty and its derivatives', () => {
    const { check } = readModelFile(bytes).metadata!;
    assert.equal(check.uncertainty!.length, check.inputs.length);
    assert.deepEqual(
      check.uncertaintyGradient!.map((row) => row.length),
      check.inputs.map(() => 4),
    );
  });

  it('is refused where the uncertainty is not what they say', () => {
    const text = Buffer.from(bytes).toString('latin1');
    const value = String(readModelFile(bytes).metadata!.check.uncertainty![0][0]);
    const changed = text.replace(
      value,
      value.replace(/[1-9]/, (digit) => String((Number(digit) % 9) + 1)),
    );
    assert.throws(
      () => readModelFile(Buffer.from(changed, 'latin1')),
      /check vector 1 does not reproduce: uncertainty value 1/,
    );
    const damaged = path.replace('ensemble.onnx', 'damaged.onnx');
    writeFileSync(damaged, Buffer.from(changed, 'latin1'));
    assert.throws(() => loadNativeModel(damaged), /check vector 1: expected the uncertainty to be/);
  });

  it('is refused with periodic outputs, whose mean means nothing', () => {
    assert.throws(
      () => writeModelFile({ ...model, metadata: smallModel().metadata }),
      /without periods but node-1 has one/,
    );
  });

  for (const [evaluator, precision, tolerance] of [
    ['native', 'double', 1e-13],
    ['native', 'float', 1e-5],
    ['onnxruntime', 'double', 1e-5],
  ] as const)
    it(`gives the same in the addon: ${evaluator}, ${precision}`, () => {
      const native = loadNativeModel(path, { evaluator, precision });
      assert.ok(native.hasUncertainty);
      assert.deepEqual([native.outputs, native.outputNames], [2, ['node-0', 'node-1']]);
      const got = native.evaluateWithJacobian(feeds.x.data);
      const pairs: [string, Float64Array, Float64Array][] = [
        ['cv', got.cv, expected.cv.data],
        ['jacobian', got.jacobian, expected.jacobian.data],
        ['uncertainty', got.uncertainty!, expected.u.data],
        ['its gradient', got.uncertaintyGradient!, expected.g.data],
      ];
      for (const [what, a, b] of pairs) {
        assert.equal(a.length, b.length, what);
        assert.ok(difference(a, b) < tolerance, `${what}: ${difference(a, b)}`);
      }
    });

  it('gives the same in onnxruntime of Node', async () => {
    const { outputs } = readOnnx(bytes);
    assert.deepEqual(Object.keys(outputs), ['cv', 'jacobian', 'uncertainty', 'uncertainty_gradient']);
    const program = await createOnnxRuntime({ precision: 'double' }).compile({ outputs });
    const { uncertainty, uncertainty_gradient: gradient } = await program.run(feeds);
    assert.ok(difference(uncertainty.data, expected.u.data) < 1e-14);
    assert.ok(difference(gradient.data, expected.g.data) < 1e-13);
    await program.release();
  });

  it('and a single encoder has none', () => {
    const single = path.replace('ensemble.onnx', 'single.onnx');
    writeFileSync(single, writeModelFile(smallModel()));
    const native = loadNativeModel(single);
    assert.equal(native.hasUncertainty, false);
    assert.deepEqual(Object.keys(native.evaluateWithJacobian(feeds.x.data)), ['cv', 'jacobian']);
  });
});
