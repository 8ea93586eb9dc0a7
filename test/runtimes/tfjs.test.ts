import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import {
  chooseRuntime,
  createTfjsRuntime,
  type Runtime,
  type TfjsPackage,
} from '../../src/runtimes/index.js';
import { evaluate, input, mul } from '../../src/graph/index.js';
import { cacheFolder } from '../../src/support/folders.js';
import type { TrainOptions } from '../../src/training/index.js';
import { trainEncoder } from '../../src/training/train.js';
import { hiddenJumps } from '../training/data.js';
import { opCases } from '../graph/op-cases.js';
import { difference } from '../graph/numbers.js';
import { outputsOf } from './ops.js';

/** What a checkout always has; @tensorflow/tfjs-node is tested where set-up made it (`npm run setup -- --for tfjs`). */
const packages: TfjsPackage[] = ['@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm'];
if (existsSync(join(cacheFolder(), 'tfjs-node', 'node_modules'))) packages.push('@tensorflow/tfjs-node');

for (const name of packages) {
  describe(`${name} gives the reference evaluator's values and gradients`, () => {
    let runtime: Runtime;
    before(async () => (runtime = await createTfjsRuntime({ package: name })));
    for (const opCase of opCases) {
      it(opCase.title, async () => {
        const { inputs, outputs, feeds } = outputsOf(opCase);
        const expected = evaluate(outputs, feeds, inputs);
        const program = await runtime.compile({ inputs, outputs });
        const results = await program.run(feeds);
        for (const [output, { shape, data }] of Object.entries(expected)) {
          assert.deepEqual(results[output].shape, shape, `shape of ${output}`);
          const far = difference(data, results[output].data);
          assert.ok(far < 5e-6, `${output}: ${data.join()} but ${results[output].data.join()}`);
        }
      });
    }
  });
}

const options: TrainOptions = { hidden: [12], latent: 2, lag: 5, batch: 256, epochs: 4, seed: 4 };

it('the same seed and data give the same loss curve as ONNX Runtime, to round-off', async () => {
  const { dataset } = hiddenJumps(2000);
  for (const method of ['vamp-autoencoder', 'autoencoder'] as const) {
    const curves = async (choice: 'onnxruntime' | 'tfjs') =>
      (await trainEncoder(dataset, { ...options, method, clip: 1, engine: choice })).record.curves;
    const [ours, theirs] = [await curves('onnxruntime'), await curves('tfjs')];
    for (const side of ['train', 'validation'] as const) {
      assert.equal(ours[side].length, 4);
      // single precision, 28 steps
      ours[side].forEach((loss, i) =>
        assert.ok(Math.abs(loss - theirs[side][i]) < 2e-5, `${loss} ${theirs[side][i]}`),
      );
    }
  }
});

it('steps refuse what is missing', async () => {
  const x = input('x', []);
  const step = {
    state: { s: { current: x, next: mul(x, 2) } },
    perStep: [input('k', [])],
    captured: [],
    outputs: {},
  };
  const stepper = await (await createTfjsRuntime()).compileSteps(step);
  await assert.rejects(async () => stepper.runSteps({ k: { shape: [1], data: [0] } }), { code: 'bad-data' });
  stepper.setState({ x: { shape: [], data: [1] }, s: { shape: [], data: [1] } });
  await stepper.runSteps({ k: { shape: [3], data: new Float32Array(3) } });
  assert.deepEqual([...stepper.state().s.data], [8]);
  await stepper.release();
});

it('what was asked for and is not here is missing, with what to do', async () => {
  const request = { engine: 'tfjs', device: 'cuda', precision: 'float', threads: 1 } as const;
  await assert.rejects(chooseRuntime(request), {
    code: 'missing-tool',
    message: '@tensorflow/tfjs-node-gpu is not installed',
    hint: /npm install @tensorflow\/tfjs-node-gpu/,
  });
});
