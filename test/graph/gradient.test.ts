import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  add,
  affine,
  constant,
  evaluate,
  gather,
  gradient,
  indexConstant,
  input,
  jacobian,
  matmul,
  mul,
  reduceMean,
  reduceSum,
  sigmoid,
  simplify,
  sin,
  slice,
  square,
  substitute,
  tanh,
  vectorJacobianProduct,
  type Feeds,
  type Tensor,
} from '../../src/graph/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { centralDifferences, difference, generator, randomFeed } from './numbers.js';

const refused = (message: RegExp) => (error: unknown) =>
  error instanceof LatentcvError && error.code === 'bad-graph' && message.test(error.message);

describe('gradient', () => {
  it('is zero for inputs that the scalar does not depend on', () => {
    const [x, y] = [input('x', ['n', 2]), input('y', [3])];
    const [gx, gy] = gradient(reduceSum(x), [x, y]);
    const feeds = { x: { shape: [2, 2], data: [1, 2, 3, 4] } };
    const values = evaluate({ gx, gy }, feeds, [x]);
    assert.deepEqual([...values.gx.data], [1, 1, 1, 1]);
    assert.deepEqual(values.gy, { shape: [3], data: new Float64Array(3) });
  });

  it('adds up over all paths', () => {
    const x = input('x', []);
    const y = mul(x, mul(x, x));
    assert.equal(evaluate({ g: gradient(y, [x])[0] }, { x: { shape: [], data: [5] } }).g.data[0], 75);
  });

  it('goes to intermediate tensors, which is how packed parameters are trained', () => {
    const packed = input('packed', [4]);
    const [a, b] = [slice(packed, 0, 0, 2), slice(packed, 0, 2, 4)];
    const grads = gradient(reduceSum(mul(square(a), b)), [a, b, packed]);
    const values = evaluate(
      { a: grads[0], b: grads[1], packed: grads[2] },
      { packed: { shape: [4], data: [1, 2, 3, 4] } },
    );
    assert.deepEqual([...values.a.data], [6, 16]);
    assert.deepEqual([...values.b.data], [1, 4]);
    assert.deepEqual([...values.packed.data], [6, 16, 1, 4]);
  });

  it('of the twentieth derivative of sin is sin again', () => {
    const x = input('x', []);
    let y: Tensor = sin(x);
    for (let i = 0; i < 20; i++) y = simplify({ g: gradient(y, [x])[0] }).g;
    assert.ok(Math.abs(evaluate({ y }, { x: { shape: [], data: [0.7] } }).y.data[0] - Math.sin(0.7)) < 1e-15);
  });

  it('does not recurse: a chain of 20000 ops', () => {
    const x = input('x', []);
    let y: Tensor = x;
    for (let i = 0; i < 20000; i++) y = add(tanh(y), x);
    const [g] = gradient(y, [x]);
    const out = simplify({ g });
    assert.ok(Number.isFinite(evaluate(out, { x: { shape: [], data: [0.1] } }).g.data[0]));
  });

  it('refuses a result that is not a scalar, and indices', () => {
    const x = input('x', ['n', 2]);
    const rows = input('rows', [3], 'index');
    assert.throws(() => gradient(x, [x]), refused(/expected a scalar .* shape \[n, 2\]/));
    assert.throws(() => gradient(reduceSum(gather(x, rows)), [rows]), refused(/index rows/));
    assert.throws(
      () => vectorJacobianProduct(x, constant([1, 2], [2]), [x]),
      refused(/seed of shape \[n, 2\]/),
    );
  });
});

/** A two-layer network on x `[n, 4]` with 2 outputs, its parameters as inputs. */
function network() {
  const x = input('x', ['n', 4]);
  const parameters = [input('w1', [4, 5]), input('b1', [5]), input('w2', [5, 2]), input('b2', [2])];
  const [w1, b1, w2, b2] = parameters;
  return { x, parameters, y: affine(tanh(affine(x, w1, b1)), w2, b2) };
}

function networkFeeds(): Feeds {
  const random = generator(3);
  const { x, parameters } = network();
  return Object.fromEntries([x, ...parameters].map(({ name, shape }) => [name!, randomFeed(random, shape)]));
}

describe('jacobian', () => {
  it('of a network equals differences, output by output', () => {
    const { x, y } = network();
    const feeds = networkFeeds();
    const values = evaluate({ j: jacobian(y, x), simple: simplify({ j: jacobian(y, x) }).j }, feeds);
    assert.deepEqual(values.j.shape, [3, 2, 4]);
    for (let row = 0; row < 3; row++) {
      for (let k = 0; k < 2; k++) {
        const component = (f: Feeds) => evaluate({ y }, f).y.data[row * 2 + k];
        const expected = centralDifferences(component, feeds, 'x').slice(row * 4, row * 4 + 4);
        const at = (row * 2 + k) * 4;
        assert.ok(difference(expected, values.j.data.slice(at, at + 4)) < 1e-9);
        assert.ok(difference(expected, values.simple.data.slice(at, at + 4)) < 1e-9);
      }
    }
  });

  it('of a linear map is its matrix for any number of frames', () => {
    const x = input('x', ['n', 3]);
    const y = matmul(x, constant([1, 2, 3, 4, 5, 6], [3, 2]));
    const { j } = evaluate(
      simplify({ j: jacobian(y, x) }),
      { x: { shape: [2, 3], data: new Float64Array(6) } },
      [x],
    );
    assert.deepEqual([...j.data], [1, 3, 5, 2, 4, 6, 1, 3, 5, 2, 4, 6]);
  });

  it('refuses what does not map rows to rows', () => {
    const x = input('x', ['n', 3]);
    assert.throws(() => jacobian(reduceSum(x, [0]), x), refused(/expected y \[n, k\] and x \[n, d\]/));
  });
});

describe('a gradient inside a loss', () => {
  it('contractive penalty ‖∂y/∂x‖²: its gradient equals differences', () => {
    const { x, y, parameters } = network();
    const loss = add(reduceMean(square(y)), mul(reduceMean(square(jacobian(y, x))), 0.1));
    const feeds = networkFeeds();
    const outputs = simplify(
      Object.fromEntries(gradient(loss, parameters).map((g, i) => [parameters[i].name!, g])),
    );
    const values = evaluate(outputs, feeds);
    const value = (f: Feeds) => evaluate({ loss }, f).loss.data[0];
    for (const { name } of parameters) {
      assert.ok(difference(centralDifferences(value, feeds, name!), values[name!].data) < 1e-10, name);
    }
  });

  it('follows the closed form for one sigmoid unit: d/dw Σ(∂y/∂x)² with ∂y/∂x = w·s(1 − s)', () => {
    const [x, w] = [input('x', []), input('w', [])];
    const [slope] = gradient(sigmoid(mul(w, x)), [x]);
    const [g] = gradient(square(slope), [w]);
    const feeds = { x: { shape: [], data: [0.4] }, w: { shape: [], data: [1.7] } };
    const s = 1 / (1 + Math.exp(-0.68));
    const p = s * (1 - s);
    const expected = 2 * (1.7 * p) * (p + 1.7 * p * (1 - 2 * s) * 0.4);
    assert.ok(Math.abs(evaluate({ g }, feeds).g.data[0] - expected) < 1e-15);
  });
});

describe('substitute', () => {
  it('replaces inputs by constants, in every output', () => {
    const [x, w] = [input('x', ['n', 2]), input('w', [2, 1])];
    const y = matmul(x, w);
    const made = substitute({ y, twice: mul(y, 2) }, new Map([[w, constant([3, 4], [2, 1], 'w')]]));
    const values = evaluate(made, { x: { shape: [1, 2], data: [1, 1] } });
    assert.deepEqual([values.y.data[0], values.twice.data[0]], [7, 14]);
    assert.throws(
      () => substitute({ y }, new Map([[w, constant([3], [1, 1])]])),
      refused(/expected real \[2, 1\] in place of w/),
    );
    assert.throws(
      () => substitute({ y }, new Map([[w, indexConstant([3, 4], [2, 1])]])),
      refused(/received index/),
    );
  });
});
