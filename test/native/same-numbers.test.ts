import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { evaluate, jacobian } from '../../src/graph/index.js';
import { loadNativeModel } from '../../src/native/index.js';
import { readModelFile, writeModelFile } from '../../src/onnx/index.js';
import { periodicModel, smallModel } from '../onnx/models.js';
import { runFolder } from '../onnx/python.js';
import { assertClose } from './fixtures.js';
import { temporaryFolder } from '../temporary-folder.js';

// Model files of ours: the graph evaluated in TypeScript, the native core in double and in float, ONNX Runtime
// through the core, and Python's onnxruntime.
const scratch = temporaryFolder('same');
const rows = [
  [0.1, 0.2, 0.3, 0.4],
  [1, -1, 0.5, 1 / 3],
  [-0.7, 0.9, 2, -1.5],
];
const x = Float64Array.from(rows.flat());

for (const [name, model] of Object.entries({ small: smallModel(), periodic: periodicModel() }))
  describe(`the ${name} encoder`, () => {
    const folder = join(scratch, name);
    mkdirSync(folder);
    const path = join(folder, 'model.onnx');
    const bytes = writeModelFile(model);
    writeFileSync(path, bytes);

    const { graph } = readModelFile(bytes);
    const outputs = { cv: graph!.cv, jacobian: jacobian(graph!.cv, graph!.x) };
    const reference = evaluate(outputs, { x: { shape: [rows.length, 4], data: x } });
    const expected = { cv: [...reference.cv.data], jacobian: [...reference.jacobian.data] };

    it('the native core in double gives what TypeScript computes, to rounding', () => {
      const { cv, jacobian } = loadNativeModel(path, { evaluator: 'native' }).evaluateWithJacobian(x);
      assertClose(cv, expected.cv, 1e-14, 'cv');
      assertClose(jacobian, expected.jacobian, 1e-14, 'jacobian');
    });

    it("the native core in float, ONNX Runtime, and Python's agree to float's rounding", () => {
      writeFileSync(
        join(folder, 'model.json'),
        JSON.stringify({ x: { shape: [rows.length, 4], data: rows.flat() } }),
      );
      const [python] = runFolder(folder);
      assertClose(python.outputs.cv.data, expected.cv, 1e-6, "Python's cv");
      assertClose(python.outputs.jacobian.data, expected.jacobian, 1e-6, "Python's jacobian");
      for (const options of [
        { evaluator: 'native', precision: 'float' },
        { evaluator: 'onnxruntime' },
      ] as const) {
        const { cv, jacobian } = loadNativeModel(path, options).evaluateWithJacobian(x);
        assertClose(cv, expected.cv, 1e-6, `${options.evaluator} cv`);
        assertClose(jacobian, expected.jacobian, 1e-6, `${options.evaluator} jacobian`);
      }
    });
  });
