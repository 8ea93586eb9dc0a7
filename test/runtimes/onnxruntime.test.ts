import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  add,
  broadcastTo,
  constant,
  erf,
  evaluate,
  gather,
  input,
  matmul,
  mul,
  scalar,
  sigmoid,
  tanh,
  type Feeds,
} from '../../src/graph/index.js';
import { createOnnxRuntime } from '../../src/runtimes/index.js';
import { createSession } from '../../src/runtimes/onnxruntime.js';
import { LatentcvError } from '../../src/support/errors.js';
import { difference, generator, randomFeed } from '../graph/numbers.js';

const refused = (code: string, message: RegExp) => (error: unknown) =>
  error instanceof LatentcvError && error.code === code && message.test(error.message);

describe('ONNX Runtime', () => {
  const x = input('x', ['n', 3]);
  const outputs = { y: tanh(matmul(x, constant([1, 2, 3, 4, 5, 6], [3, 2]))) };

  it('runs one program for any number of frames', async () => {
    const program = await createOnnxRuntime({ precision: 'double' }).compile({ outputs });
    for (const n of [1, 2, 1000]) {
      const feeds: Feeds = { x: randomFeed(generator(n), [n, 3]) };
      const { y } = await program.run(feeds);
      assert.deepEqual(y.shape, [n, 2]);
      assert.ok(difference(evaluate(outputs, feeds).y.data, y.data) < 1e-14);
    }
    await program.release();
  });

  it('computes in double what ONNX Runtime would fuse into nodes of single precision', async () => {
    const wide = matmul(x, constant([1, 2, 3, 4, 5, 6], [3, 2]));
    const cubic = add(wide, mul(0.044715, mul(wide, mul(wide, wide))));
    const fused = {
      silu: mul(wide, sigmoid(wide)),
      quickGelu: mul(wide, sigmoid(mul(wide, 1.702))),
      gelu: mul(mul(wide, 0.5), add(erf(mul(wide, Math.SQRT1_2)), 1)),
      geluTanh: mul(mul(wide, 0.5), add(tanh(mul(cubic, Math.sqrt(2 / Math.PI))), 1)),
    };
    const program = await createOnnxRuntime({ precision: 'double' }).compile({ outputs: fused });
    const feeds: Feeds = { x: randomFeed(generator(3), [20, 3]) };
    const [results, expected] = [await program.run(feeds), evaluate(fused, feeds)];
    for (const name of Object.keys(fused) as (keyof typeof fused)[])
      assert.ok(difference(expected[name].data, results[name].data) < 1e-14, name);
    await program.release();
  });

  it('gives the same numbers with one thread and with two', async () => {
    const feeds = { x: randomFeed(generator(1), [5000, 3]) };
    const results = [];
    for (const threads of [1, 2]) {
      const program = await createOnnxRuntime({ threads, precision: 'double' }).compile({ outputs });
      results.push((await program.run(feeds)).y.data);
      await program.release();
    }
    assert.ok(difference(results[0], results[1]) < 1e-14);
  });

  it('takes any kind of number array', async () => {
    const program = await createOnnxRuntime().compile({ outputs });
    const values = [0.5, 0.25, -1];
    const results = [];
    for (const data of [values, Float32Array.from(values), Float64Array.from(values)]) {
      results.push((await program.run({ x: { shape: [1, 3], data } })).y.data);
    }
    assert.deepEqual(results[0], results[1]);
    assert.deepEqual(results[0], results[2]);
    await program.release();
  });

  it('takes the lengths of named axes from listed inputs that no output uses', async () => {
    const program = await createOnnxRuntime().compile({
      inputs: [x],
      outputs: { y: broadcastTo(scalar(2), ['n', 1]) },
    });
    const { y } = await program.run({ x: { shape: [4, 3], data: new Float32Array(12) } });
    assert.deepEqual(y, { shape: [4, 1], data: Float64Array.from([2, 2, 2, 2]) });
    await program.release();
  });

  it('refuses feeds that do not fit before ONNX Runtime sees them', async () => {
    const program = await createOnnxRuntime().compile({ outputs });
    await assert.rejects(program.run({}), refused('bad-data', /values for the input x but received none/));
    await assert.rejects(
      program.run({ x: { shape: [3, 2], data: new Float32Array(6) } }),
      refused('bad-data', /shape \[n, 3\] for the input x/),
    );
    await program.release();
  });

  it("passes on ONNX Runtime's refusals", async () => {
    const program = await createOnnxRuntime().compile({
      outputs: { y: gather(x, input('i', ['k'], 'index')) },
    });
    const feeds = { x: { shape: [2, 3], data: new Float32Array(6) }, i: { shape: [1], data: [2] } };
    await assert.rejects(
      program.run(feeds),
      refused('bad-data', /ONNX Runtime stopped: .*out of data bounds/),
    );
    await program.release();
    await assert.rejects(
      createSession(new Uint8Array(10)),
      refused('bad-model', /ONNX Runtime refuses the model/),
    );
  });
});
