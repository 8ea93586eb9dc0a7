import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOnnxRuntime } from '../../src/runtimes/index.js';
import {
  abs,
  add,
  clip,
  constant,
  div,
  elu,
  evaluate,
  floor,
  gradient,
  greater,
  input,
  largestPlaces,
  leakyRelu,
  log,
  maximum,
  minimum,
  mul,
  pow,
  power,
  reduceMax,
  reduceSum,
  relu,
  round,
  simplify,
  slice,
  sqrt,
  square,
  sub,
  takeAlong,
  where,
  type Tensor,
} from '../../src/graph/index.js';

// Where a function has no derivative ours is torch's, and a finite one where torch has none: the numbers are those of
// torch 2.15.0 in double, `f(x).sum().backward(); x.grad`, but for roots, which have infinity there, and
// for a logarithm that is not chosen (NaN).
const list = (...values: number[]): Tensor => constant(values, [values.length]);
const cases: [string, (x: Tensor) => Tensor, number[], number[]][] = [
  ['√x at 0 (torch: infinity)', sqrt, [0, 4], [0, 0.25]],
  ['norm of nothing', (x) => sqrt(reduceSum(square(x))), [0, 0], [0, 0]],
  ['norm of magnitudes of nothing', (x) => reduceSum(abs(x)), [0, 0], [0, 0]],
  [
    'distance of a point from itself (cdist)',
    (x) => sqrt(square(sub(slice(x, 0, 0, 1), x))),
    [1, 3],
    [-1, 1],
  ],
  ['clamp, hardtanh, relu6 at both bounds', (x) => clip(x, -1, 1), [-1, 0.5, 1], [0, 1, 0]],
  ['clamp from below', (x) => clip(x, 0.5, Infinity), [0.5, 0.6], [0, 1]],
  ['hardsigmoid at both ends', (x) => clip(add(div(x, 6), 0.5), 0, 1), [-3, 0, 3], [0, 1 / 6, 0]],
  ['hardswish at both ends', (x) => mul(x, clip(add(div(x, 6), 0.5), 0, 1)), [-3, 3], [0, 1]],
  ['relu', relu, [0], [0]],
  ['leaky_relu of slope 0.2', (x) => leakyRelu(x, 0.2), [0], [0.2]],
  ['elu', elu, [0], [1]],
  ['abs', abs, [0], [0]],
  ['maximum of equals', (x) => maximum(slice(x, 0, 0, 1), slice(x, 0, 1, 2)), [1, 1], [0.5, 0.5]],
  ['minimum of equals', (x) => minimum(slice(x, 0, 0, 1), slice(x, 0, 1, 2)), [1, 1], [0.5, 0.5]],
  ['maximum with a constant', (x) => maximum(x, 0.5), [0.5, 1], [0.5, 1]],
  ['amax of equals', (x) => reduceMax(x), [1, 1, 1, 0], [1 / 3, 1 / 3, 1 / 3, 0]],
  ['topk of equals: the first', (x) => takeAlong(x, largestPlaces(x, 1)), [1, 1], [1, 0]],
  ['x**[2, 1, 0] at 0', (x) => power(x, list(2, 1, 0)), [0, 0, 0], [0, 1, 0]],
  ['x**0.3 at 0 (torch: infinity)', (x) => pow(x, 0.3), [0, 1], [0, 0.3]],
  ['log of what is not chosen', (x) => where(greater(x, 0), log(x), 0), [0, 2], [0, 0.5]],
  ['0**x', (x) => power(list(0, 0), x), [2, 1], [0, 0]],
  ['round and floor', (x) => add(round(x), floor(x)), [0.5, 1], [0, 0]],
];

for (const precision of ['float', 'double'] as const)
  describe(`derivatives where there is none, evaluated here and by ONNX Runtime in ${precision}`, () => {
    const runtime = createOnnxRuntime({ precision });
    for (const [title, build, at, expected] of cases)
      it(title, async () => {
        const x = input('x', [at.length]);
        const [g] = gradient(reduceSum(build(x)), [x]);
        const feeds = { x: { shape: [at.length], data: at } };
        const tolerance = precision === 'float' ? 1e-6 : 1e-15;
        const close = (data: ArrayLike<number>) =>
          expected.forEach((value, i) =>
            assert.ok(
              Math.abs(data[i] - value) <= tolerance,
              `${expected.join()} but ${Array.from(data).join()}`,
            ),
          );
        for (const outputs of [{ g }, simplify({ g })]) {
          close(evaluate(outputs, feeds, [x]).g.data);
          const program = await runtime.compile({ inputs: [x], outputs });
          close((await program.run(feeds)).g.data);
          await program.release();
        }
      });
  });
