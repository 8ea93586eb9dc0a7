import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  evaluate,
  gradient,
  input,
  mul,
  reduceSum,
  simplify,
  type Feeds,
  type Tensor,
} from '../../src/graph/index.js';
import { createOnnxRuntimeEngine } from '../../src/engines/index.js';
import { buildCase, opCases, type OpCase } from '../graph/op-cases.js';
import { difference, generator, randomFeed } from '../graph/numbers.js';

/** The op's value and its gradients, weighed differently for each element. */
function outputsOf(opCase: OpCase): { inputs: Tensor[]; outputs: Record<string, Tensor>; feeds: Feeds } {
  const { inputs, result } = buildCase(opCase);
  const weights = input('weights', result.shape);
  const gradients = gradient(reduceSum(mul(result, weights)), inputs);
  const named = gradients.map((tensor, i) => [`gradient_${inputs[i].name}`, tensor] as const);
  const random = generator(5);
  const feeds = Object.fromEntries([
    ...opCase.operands.map(({ name, shape, range }) => [name, randomFeed(random, shape, range)] as const),
    ['weights', randomFeed(random, result.shape)],
  ]);
  return { inputs: [...inputs, weights], outputs: { result, ...Object.fromEntries(named) }, feeds };
}

/** Round-off of the precision times what a sum of a few terms loses. */
const tolerances = { float: 5e-6, double: 1e-13 } as const;

for (const precision of ['float', 'double'] as const) {
  const engine = createOnnxRuntimeEngine({ precision });
  describe(`onnxruntime in ${precision} gives the reference evaluator's values and gradients`, () => {
    for (const opCase of opCases) {
      it(opCase.title, async () => {
        const { inputs, outputs, feeds } = outputsOf(opCase);
        const expected = evaluate(outputs, feeds, inputs);
        for (const graph of [outputs, simplify(outputs)]) {
          const program = await engine.compile({ inputs, outputs: graph });
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
