import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overFrames } from '../../src/graph/batch.js';
import {
  add,
  constant,
  evaluate,
  input,
  matmul,
  mul,
  reduceSum,
  slice,
  tanh,
  transpose,
  type Tensor,
} from '../../src/graph/index.js';
import { Random } from '../../src/support/random.js';

const random = new Random(3);
const numbers = (count: number): Float64Array => Float64Array.from({ length: count }, () => random.normal());
const matrix = constant(numbers(12), [3, 4]);

const expressions: [string, (x: Tensor) => Tensor][] = [
  ['a product with its own transpose', (x) => matmul(x, transpose(x))],
  ['a layer and a sum', (x) => reduceSum(tanh(matmul(x, matrix)), [0])],
  ['parts of it, scaled', (x) => mul(slice(x, 0, 1, 2), add(reduceSum(x), 2))],
];
for (const [what, of] of expressions)
  test(`${what}: many frames at once are each by itself`, () => {
    const frame = input('frame', [2, 3]);
    const y = of(frame);
    const many = overFrames(y, frame, input('x', ['n', 2, 3]));
    assert.deepEqual(many.shape.slice(1), y.shape);
    const data = numbers(5 * 6);
    const all = evaluate({ many }, { x: { shape: [5, 2, 3], data } }).many.data;
    const size = all.length / 5;
    for (let i = 0; i < 5; i++) {
      const own = evaluate({ y }, { frame: { shape: [2, 3], data: data.subarray(6 * i, 6 * i + 6) } }).y.data;
      own.forEach((value, j) => assert.ok(Math.abs(value - all[size * i + j]) < 1e-13));
    }
  });

test('what no frame enters is repeated for each', () => {
  const many = overFrames(matrix, input('frame', [2, 3]), input('x', ['n', 2, 3]));
  assert.deepEqual(many.shape, ['n', 3, 4]);
});
