import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOnnxRuntime } from '../../src/runtimes/index.js';
import { evaluate, jacobian, mul } from '../../src/graph/index.js';
import {
  encodeMetadata,
  ensembleGraph,
  ensembleProperties,
  readModelFile,
  readOnnx,
  writeModelFile,
  writeOnnx,
} from '../../src/onnx/index.js';
import { loadNativeModel } from '../../src/native/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { centralDifferences, difference } from '../graph/numbers.js';
import { temporaryFolder } from '../temporary-folder.js';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { ensembleModel, predictingModel, smallModel } from './models.js';

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
    assert.throws(() => loadNativeModel(damaged), /check vector 1: expected the output uncertainty to be/);
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

describe('an ensemble that predicts properties', () => {
  const members = [1, 2, 3].map((factor) => {
    const { x, cv, property, metadata } = predictingModel();
    return { x, cv, property: mul(property!, factor), metadata };
  });
  const { property, uncertainty } = ensembleProperties(members);

  it('gives their mean and their deviation, in the unit of the property', () => {
    const found = evaluate({ one: members[0].property, property, uncertainty }, feeds);
    rows.forEach((_, n) => {
      const one = found.one.data[n];
      assert.ok(Math.abs(found.property.data[n] - 2 * one) < 1e-12);
      assert.ok(Math.abs(found.uncertainty.data[n] - Math.abs(one) * Math.sqrt(2 / 3)) < 1e-12);
    });
  });

  it('keeps both in the file, with derivatives that are central differences', () => {
    const [{ x, cv, metadata }] = members;
    const bytes = writeModelFile({ x, cv, property, propertyUncertainty: uncertainty, metadata });
    const { graph, metadata: read } = readModelFile(bytes);
    assert.equal(read!.check.propertyJacobian![0].length, 4);
    const { derivatives, spread } = evaluate(
      { derivatives: graph!.propertyJacobian!, spread: graph!.propertyUncertainty! },
      { [graph!.x.name!]: feeds.x },
    );
    assert.deepEqual(spread.shape, [3, 1]);
    rows.forEach((row, n) => {
      const one = { x: { shape: [1, 4], data: Float64Array.from(row) } };
      const slope = centralDifferences(
        (f) => evaluate({ property: graph!.property! }, f).property.data[0],
        one,
        'x',
      );
      assert.ok(difference(derivatives.data.subarray(4 * n, 4 * n + 4), slope) < 1e-7);
    });
    const path = join(temporaryFolder('properties'), 'model.onnx');
    writeFileSync(path, bytes);
    assert.equal(loadNativeModel(path).evaluate(Float64Array.from(rows[0])).length, 2);
  });

  it('refuses members that predict none, and check vectors that do not reproduce', () => {
    assert.throws(() => ensembleProperties([members[0], smallModel()]), {
      code: 'bad-argument',
      message: /members that all predict properties/,
    });
    const { metadata, graph } = readModelFile(writeModelFile(predictingModel()));
    const check = {
      ...metadata!.check,
      property: metadata!.check.property!.map((row) => row.map((v) => v + 1)),
    };
    const { cv, jacobian: ofCv, property: predicted, propertyJacobian } = graph!;
    const outputs = { cv, jacobian: ofCv, property: predicted!, property_jacobian: propertyJacobian! };
    const properties = encodeMetadata({ ...metadata!, check });
    const written = writeOnnx({ inputs: [graph!.x], outputs, precision: 'float', metadata: properties });
    assert.throws(() => readModelFile(written), { message: /check vector 1 does not reproduce: property/ });
  });
});
