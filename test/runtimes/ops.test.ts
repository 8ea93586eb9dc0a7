import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate, simplify } from '../../src/graph/index.js';
import { createOnnxRuntime } from '../../src/runtimes/index.js';
import { opCases } from '../graph/op-cases.js';
import { difference } from '../graph/numbers.js';
import { outputsOf } from './ops.js';

/** Round-off of the precision times what a sum of a few terms loses. */
const tolerances = { float: 5e-6, double: 1e-13 } as const;

for (const precision of ['float', 'double'] as const) {
  const runtime = createOnnxRuntime({ precision });
  describe(`onnxruntime in ${precision} gives the reference evaluator's values and gradients`, () => {
    for (const opCase of opCases) {
      it(opCase.title, async () => {
        const { inputs, outputs, feeds } = outputsOf(opCase);
        const expected = evaluate(outputs, feeds, inputs);
        for (const graph of [outputs, simplify(outputs)]) {
          const program = await runtime.compile({ inputs, outputs: graph });
          const results = await program.run(feeds);
          await program.release();
          for (const [name, { shape, data }] of Object.entries(expected)) {
            assert.deepEqual(results[name].shape, shape, `shape of ${name}`);
            assert.ok(
              difference(data, results[name].data) < tolerances[precision],
              `${name}: ${data.join()} but ${results[name].data.join()}`,
            );
          }
        }
      });
    }
  });
}
