import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  add,
  affine,
  broadcastTo,
  concat,
  constant,
  div,
  evaluate,
  gradient,
  input,
  jacobian,
  matmul,
  meanSquaredError,
  mul,
  neg,
  pow,
  reduceSum,
  reshape,
  scalar,
  simplify,
  slice,
  stopGradient,
  sub,
  tanh,
  topological,
  transpose,
  type Tensor,
} from '../../src/graph/index.js';

const x = input('x', ['n', 3]);
const w = input('w', [3, 3]);

/** The ops of a simplified expression, inputs and constants aside. */
function opsOf(tensor: Tensor): string[] {
  return topological(Object.values(simplify({ tensor })))
    .filter(({ op }) => op !== 'input' && op !== 'constant')
    .map(({ op }) => op);
}

describe('simplify', () => {
  const cases: [string, Tensor, string[]][] = [
    ['x·1', mul(x, 1), []],
    ['1·x', mul(1, x), []],
    ['x + 0', add(x, broadcastTo(scalar(0), ['n', 3])), []],
    ['x − 0', sub(x, 0), []],
    ['x / 1', div(x, 1), []],
    ['0 − x', sub(0, x), ['neg']],
    ['x·(−1)', mul(x, -1), ['neg']],
    ['x¹', pow(x, 1), []],
    ['−(−x)', neg(neg(x)), []],
    ['x + (−y)', add(x, neg(tanh(x))), ['tanh', 'sub']],
    ['x + x', add(x, x), ['mul']],
    ['2·(3·x)', mul(2, mul(3, x)), ['mul']],
    ['x·0', mul(x, 0), ['broadcastTo']],
    ['(xᵀ)ᵀ', transpose(transpose(x)), []],
    ['xᵀ·w', matmul(transpose(w), w), ['matmul']],
    ['reshape of reshape', reshape(reshape(w, [9]), [1, 9]), ['reshape']],
    ['reshape and back', reshape(reshape(w, [9]), [3, 3]), []],
    ['a slice of everything', slice(x, 1, 0, 3), []],
    ['concat of one', concat([x], 1), []],
    ['stopGradient', stopGradient(x), []],
    ['constants', add(mul(scalar(2), scalar(3)), tanh(constant([1, 2], [2]))), []],
    ['broadcasts into a sum', add(x, broadcastTo(input('b', [3]), ['n', 3])), ['add']],
    ['equal expressions', mul(tanh(x), tanh(x)), ['tanh', 'mul']],
    ['equal up to order', sub(add(x, tanh(x)), add(tanh(x), x)), ['tanh', 'add', 'sub']],
    ['a sum over axes of length 1', reduceSum(input('r', [1, 1]), [0, 1]), ['reshape']],
  ];
  for (const [title, tensor, ops] of cases) {
    it(title, () => {
      assert.deepEqual(opsOf(tensor), ops);
      assert.deepEqual(simplify({ tensor }).tensor.shape, tensor.shape);
    });
  }

  it('keeps shapes where a rule would drop a broadcast', () => {
    const row = input('row', [1, 3]);
    const wide = add(row, broadcastTo(scalar(0), [4, 3]));
    const { y } = simplify({ y: wide });
    assert.deepEqual(y.shape, [4, 3]);
    assert.deepEqual(
      evaluate({ y }, { row: { shape: [1, 3], data: [1, 2, 3] } }).y.data,
      Float64Array.from([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]),
    );
  });

  it('does not mix constants that print alike: −0 and 0, and other shapes', () => {
    const y = simplify({
      a: div(1, constant([-0], [1])),
      b: div(1, constant([0], [1])),
      c: constant([0], [1, 1]),
    });
    const values = evaluate(y, {});
    assert.deepEqual([values.a.data[0], values.b.data[0]], [-Infinity, Infinity]);
    assert.deepEqual(values.c.shape, [1, 1]);
  });

  it('does not blow constants up', () => {
    const big = broadcastTo(scalar(3), [1000, 1000]);
    assert.deepEqual(opsOf(big), ['broadcastTo']);
  });

  it('leaves of an autoencoder step little more than the step itself', () => {
    const [w1, b1, w2, b2] = [input('w1', [3, 2]), input('b1', [2]), input('w2', [2, 3]), input('b2', [3])];
    const frames = input('frames', [8, 3]);
    const loss = meanSquaredError(affine(tanh(affine(frames, w1, b1)), w2, b2), frames);
    const [g1, g2, g3, g4] = gradient(loss, [w1, b1, w2, b2]);
    const outputs = simplify({ loss, g1, g2, g3, g4 });
    const count = (op: string) =>
      topological(Object.values(outputs)).filter((tensor) => tensor.op === op).length;
    // Two products forward; one for the hidden gradient and two for the weights backward.
    assert.equal(count('matmul'), 5);
    assert.equal(
      count('broadcastTo') + count('reshape') + count('transpose') + count('neg') + count('div'),
      0,
    );
    assert.ok(
      topological(Object.values(outputs)).filter(({ op }) => op !== 'input' && op !== 'constant').length <=
        19,
    );
  });

  it('shares the forward pass between the rows of a Jacobian', () => {
    const weights = constant([1, 2, 3, 4, 5, 6], [3, 2]);
    const y = tanh(matmul(x, weights));
    const ops = opsOf(jacobian(y, x));
    assert.equal(ops.filter((op) => op === 'tanh').length, 1);
  });
});
