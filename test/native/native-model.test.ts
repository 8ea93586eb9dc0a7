import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadNativeModel } from '../../src/native/index.js';
import type { ErrorCode } from '../../src/support/errors.js';
import { assertClose, readEncoders, runFixture, type Encoder } from './fixtures.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('encoders');
runFixture('encoders.py', folder);
const encoders = readEncoders(folder);
const named = (name: string): Encoder => encoders.find((encoder) => encoder.name === name)!;
const inputs = ({ x }: Encoder): Float64Array => Float64Array.from(x);

describe('encoders as other programs write them', () => {
  const native = encoders.filter(({ name }) => name !== 'cumsum');
  assert.ok(native.length >= 55);

  // 1e-11: the reference is right to 1e-12 (central differences in long double), the evaluation to a few 1e-15.
  for (const encoder of native) {
    it(`${encoder.name}: values and Jacobian in double`, () => {
      const model = loadNativeModel(encoder.path);
      assert.equal(model.evaluator, 'native');
      const { cv, jacobian } = model.evaluateWithJacobian(inputs(encoder));
      assertClose(cv, encoder.double.cv, 1e-13, 'cv');
      assertClose(jacobian, encoder.double.jacobian, 1e-11, 'jacobian');
      assert.deepEqual(model.evaluate(inputs(encoder)), cv);
    });

    it(`${encoder.name}: in float, as Python's onnxruntime has it`, () => {
      const model = loadNativeModel(encoder.path, { evaluator: 'native', precision: 'float' });
      const { cv, jacobian } = model.evaluateWithJacobian(inputs(encoder));
      assertClose(cv, encoder.float.cv, 2e-6, 'cv');
      assertClose(jacobian, encoder.double.jacobian, 5e-6, 'jacobian');
    });
  }

  for (const name of ['perceptron', 'cumsum']) {
    it(`${name}: by ONNX Runtime`, () => {
      const encoder = named(name);
      const model = loadNativeModel(encoder.path, { evaluator: 'onnxruntime' });
      const { cv, jacobian } = model.evaluateWithJacobian(inputs(encoder));
      assertClose(cv, encoder.float.cv, 1e-6, 'cv');
      assertClose(jacobian, encoder.float.jacobian!, 1e-6, 'jacobian');
      assertClose(jacobian, encoder.double.jacobian, 5e-6, 'jacobian');
    });
  }
});

describe('what evaluates a model', () => {
  it('is native where every operator is known', () => {
    const model = loadNativeModel(named('perceptron').path);
    assert.match(model.reason, /^every operator has native evaluation; in double, /);
    assert.deepEqual([model.inputs, model.outputs, model.atoms], [45, 2, 0]);
    assert.deepEqual(model.outputNames, ['node-0', 'node-1']);
    assert.deepEqual(model.inputNames, []);
  });

  it('is ONNX Runtime where one is not and the file has a jacobian', () => {
    const model = loadNativeModel(named('cumsum').path);
    assert.equal(model.evaluator, 'onnxruntime');
    assert.match(
      model.reason,
      /^no native evaluation of CumSum \(computing 'cv'\); ONNX Runtime 1\.\d+\.\d+ in/,
    );
  });

  const refusals: [string, Parameters<typeof loadNativeModel>, ErrorCode, RegExp][] = [
    [
      'native on request',
      [named('cumsum').path, { evaluator: 'native' }],
      'bad-model',
      /native evaluation of CumSum/,
    ],
    [
      'ONNX Runtime without a jacobian',
      [named('tanh').path, { evaluator: 'onnxruntime' }],
      'bad-model',
      /expected an output named jacobian, which ONNX Runtime needs/,
    ],
    [
      'a file that is not there',
      [join(folder, 'none.onnx')],
      'file-not-found',
      /none\.onnx: cannot open the model/,
    ],
    ['a folder', [folder], 'file-not-found', /expected a model file but this is not a file/],
    [
      'a wrong word',
      [named('tanh').path, { precision: 'half' as 'float' }],
      'bad-argument',
      /expected double or float for the precision but received "half"/,
    ],
  ];
  for (const [what, [path, options], code, message] of refusals) {
    it(`refuses ${what}`, () => {
      assert.throws(() => loadNativeModel(path, options), { name: 'LatentcvError', code, message });
    });
  }

  it('refuses inputs that are no whole frames, and atoms without descriptors', () => {
    const model = loadNativeModel(named('tanh').path);
    assert.throws(() => model.evaluate(new Float64Array(7)), {
      code: 'bad-argument',
      message: 'expected a multiple of 6 numbers for the inputs but received 7',
    });
    assert.throws(() => model.evaluate([1, 2] as unknown as Float64Array), { code: 'bad-argument' });
    assert.throws(() => model.evaluateAtoms(new Float64Array(3)), {
      code: 'bad-argument',
      message: 'expected a model with descriptors of atoms but the file has none',
    });
    assert.equal(model.evaluate(new Float64Array(0)).length, 0);
  });
});

describe('a file that is not an ONNX model', () => {
  const cases: [string, string | Uint8Array, RegExp][] = [
    ['empty', '', /expected an ONNX file but it is empty/],
    ['text', 'TITLE conf\n3\n', /expected an ONNX file/],
    ['zeros', new Uint8Array(100), /expected an ONNX file but it does not parse/],
  ];
  for (const [name, content, message] of cases) {
    it(name, () => {
      const path = join(folder, `${name}.bad`);
      writeFileSync(path, content);
      assert.throws(() => loadNativeModel(path), { code: 'bad-model', message });
    });
  }
});
