import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { evaluate } from '../../src/graph/index.js';
import { loadNativeModel } from '../../src/native/index.js';
import { readModelFile, writeModelFile } from '../../src/onnx/index.js';
import {
  differenceTolerance,
  differentiateModel,
  readForeignModel,
  type Differentiated,
} from '../../src/onnx/foreign/index.js';
import { foreignFixtures, rowsOf, type ForeignFixture } from '../fixtures/foreign.js';
import { runFolder } from '../onnx/python.js';
import { assertClose } from './fixtures.js';
import { temporaryFolder } from '../temporary-folder.js';

// Files that mlcolvar and PyTorch exported (both exporters, operator sets 9 to 20) against torch.autograd in double on
// the same weights, and against TorchScript in float as PYTORCH_MODEL runs it.
const fixtures = foreignFixtures();
const scratch = temporaryFolder('foreign');
// exporters keep some constants (0.2, √2) as float32, and one folds batch normalisation in float32
const toConstants = 3e-7;
const needsJacobian = new Set(['torch-path', 'torch-path-dynamo']);

function differentiated({ path, d, k, x }: ForeignFixture): Differentiated {
  const range = { min: 0, max: 0 };
  return differentiateModel(readForeignModel(readFileSync(path)), {
    inputs: Array.from({ length: d }, (_, i) => ({ label: `x${i}`, unit: '', ...range })),
    outputs: Array.from({ length: k }, (_, i) => ({ name: `node-${i}`, ...range })),
    check: rowsOf({ x, d }),
    record: {},
  });
}

it('the fixtures are there, mlcolvar’s five among them', () => {
  const names = fixtures.map(({ name }) => name);
  for (const name of ['autoencoder', 'variational-autoencoder', 'deep-lda', 'deep-tda', 'deep-tica'])
    assert.ok(names.includes(name) && names.includes(`${name}-dynamo`), name);
  assert.ok(names.length > 50);
});

for (const fixture of fixtures)
  describe(fixture.name, () => {
    const x = Float64Array.from(fixture.x);

    it('our graph and its derivatives give what torch.autograd gives', () => {
      const { graph, problem } = readModelFile(readFileSync(fixture.path));
      assert.equal(problem, undefined);
      const { cv, jacobian } = graph!;
      const found = evaluate({ cv, jacobian }, { [graph!.x.name!]: { shape: [4, fixture.d], data: x } });
      assertClose(found.cv.data, fixture.double.cv, toConstants, 'cv');
      assertClose(found.jacobian.data, fixture.double.jacobian, toConstants, 'jacobian');
    });

    if (needsJacobian.has(fixture.name)) {
      it('has no native evaluation, and the error says what to do', () => {
        assert.throws(() => loadNativeModel(fixture.path), /Unsqueeze.*latentcv differentiate model\.onnx/);
      });
    } else {
      it('the native evaluator gives it in double, and to rounding in float', () => {
        const double = loadNativeModel(fixture.path, { evaluator: 'native' }).evaluateWithJacobian(x);
        assertClose(double.cv, fixture.double.cv, toConstants, 'cv');
        assertClose(double.jacobian, fixture.double.jacobian, toConstants, 'jacobian');
        const float = loadNativeModel(fixture.path, {
          evaluator: 'native',
          precision: 'float',
        }).evaluateWithJacobian(x);
        assertClose(float.cv, fixture.torchscript.cv, 1e-6, "TorchScript's cv");
        assertClose(float.jacobian, fixture.torchscript.jacobian, 1e-5, "TorchScript's jacobian");
      });
    }

    it('differentiated, ONNX Runtime gives TorchScript’s values and derivatives', () => {
      const { model, gradientError } = differentiated(fixture);
      assert.ok(gradientError < differenceTolerance, String(gradientError));
      const path = join(scratch, `${fixture.name}.onnx`);
      writeFileSync(path, writeModelFile(model));
      writeFileSync(
        join(scratch, `${fixture.name}.json`),
        JSON.stringify({ x: { shape: [4, fixture.d], data: fixture.x } }),
      );
      const found = loadNativeModel(path, { evaluator: 'onnxruntime' }).evaluateWithJacobian(x);
      assertClose(found.cv, fixture.torchscript.cv, 1e-6, 'cv');
      assertClose(found.jacobian, fixture.torchscript.jacobian, 1e-5, 'jacobian');
    });
  });

it("Python's onnxruntime runs every differentiated file to the same numbers", () => {
  const results = runFolder(scratch);
  assert.equal(results.length, fixtures.length);
  for (const { model, outputs } of results) {
    const { torchscript } = fixtures.find(({ name }) => name === model)!;
    assertClose(outputs.cv.data, torchscript.cv, 1e-6, `${model} cv`);
    assertClose(outputs.jacobian.data, torchscript.jacobian, 1e-5, `${model} jacobian`);
  }
});
