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
  type Shape,
  type Tensor,
} from '../../src/graph/index.js';
import { evaluationRules } from '../../src/graph/evaluate-rules.js';
import { gradientRules } from '../../src/graph/gradient-rules.js';
import { shapeRules } from '../../src/graph/shape-rules.js';
import { opForms } from '../../src/onnx/writing/op-forms.js';
import { buildCase, opCases, type OpCase } from './op-cases.js';
import { centralDifferences, difference, generator, randomFeed } from './numbers.js';

describe('tables', () => {
  it('every op has a row in each and a case in these tests', () => {
    const ops = Object.keys(shapeRules).sort();
    assert.deepEqual(Object.keys(evaluationRules).sort(), ops);
    assert.deepEqual(Object.keys(gradientRules).sort(), ops);
    assert.deepEqual(Object.keys(opForms).sort(), ops);
    assert.deepEqual([...new Set(opCases.map(({ op }) => op))].sort(), ops);
  });
});

/** A scalar with a different weight for each element of the result, so that no two gradients are alike. */
function weigh(result: Tensor, name = 'weights'): Tensor {
  return reduceSum(mul(result, input(name, result.shape)));
}

function feedsFor(opCase: OpCase, result: Tensor, seed: number): Feeds {
  const random = generator(seed);
  const feeds = opCase.operands.map(
    ({ name, shape, range }) => [name, randomFeed(random, shape, range)] as const,
  );
  return Object.fromEntries([...feeds, ['weights', randomFeed(random, result.shape)]]);
}

const valueOf = (y: Tensor, inputs: readonly Tensor[]) => (feeds: Feeds) =>
  evaluate({ y }, feeds, inputs).y.data[0];

/** Derivatives of a scalar by reverse mode against differences of its own values, for one input. */
function checkDerivative(y: Tensor, x: Tensor, feeds: Feeds, inputs: readonly Tensor[]): Tensor {
  const [derivative] = gradient(y, [x]);
  const expected = centralDifferences(valueOf(y, inputs), feeds, x.name!);
  const { plain, simple } = evaluate(
    { plain: derivative, simple: simplify({ derivative }).derivative },
    feeds,
    inputs,
  );
  assert.ok(
    difference(expected, plain.data) < 1e-8,
    `${x.name}: ${expected.join()} but ${plain.data.join()}`,
  );
  assert.ok(
    difference(plain.data, simple.data) < 1e-12,
    `${x.name} simplified: ${plain.data.join()} but ${simple.data.join()}`,
  );
  return derivative;
}

describe('derivatives against central differences in double', () => {
  for (const opCase of opCases.filter(({ op }) => op !== 'stopGradient')) {
    it(opCase.title, () => {
      const { inputs, result } = buildCase(opCase);
      const y = weigh(result);
      const feeds = feedsFor(opCase, result, 7);
      for (const x of inputs) {
        const first = checkDerivative(y, x, feeds, inputs);
        const random = generator(11);
        const again = { ...feeds, again: randomFeed(random, first.shape) };
        for (const other of inputs) checkDerivative(weigh(first, 'again'), other, again, inputs);
      }
    });
  }
});

describe('forward values', () => {
  const run = (build: (...x: Tensor[]) => Tensor, ...feeds: [Shape, number[]][]) => {
    const inputs = feeds.map(([shape], i) => input(`x${i}`, shape));
    const fed = Object.fromEntries(
      feeds.map(([shape, data], i) => [`x${i}`, { shape: shape as number[], data }]),
    );
    const { y } = evaluate({ y: build(...inputs) }, fed);
    return { shape: y.shape, data: [...y.data] };
  };
  const close = (actual: number[], expected: number[]) =>
    assert.ok(difference(expected, actual) < 1e-14, actual.join());
  const ops = import('../../src/graph/index.js');

  it('elementwise ops follow their formulas', async () => {
    const g = await ops;
    const x = [-1.5, 0, 0.3, 2];
    const formulas: [(x: Tensor) => Tensor, (x: number) => number][] = [
      [g.neg, (v) => -v],
      [g.exp, (v) => Math.E ** v],
      [g.abs, (v) => (v < 0 ? -v : v)],
      [g.sign, (v) => (v === 0 ? 0 : v / Math.abs(v))],
      [g.sin, (v) => Math.cos(v - Math.PI / 2)],
      [g.cos, (v) => Math.sin(v + Math.PI / 2)],
      [g.tanh, (v) => (Math.exp(2 * v) - 1) / (Math.exp(2 * v) + 1)],
      [g.sigmoid, (v) => Math.exp(v) / (Math.exp(v) + 1)],
      [g.relu, (v) => (v > 0 ? v : 0)],
      [(t) => g.leakyRelu(t, 0.1), (v) => (v > 0 ? v : 0.1 * v)],
      [(t) => g.elu(t, 2), (v) => (v > 0 ? v : 2 * (Math.exp(v) - 1))],
      [g.softplus, (v) => Math.log(1 + Math.exp(v))],
      [(t) => g.pow(t, 3), (v) => v * v * v],
      [(t) => g.sqrt(g.add(t, 2)), (v) => (v + 2) ** 0.5],
      [(t) => g.log(g.add(t, 2)), (v) => Math.log2(v + 2) * Math.LN2],
      [(t) => g.maximum(t, 0.1), (v) => (v > 0.1 ? v : 0.1)],
      [(t) => g.minimum(t, 0.1), (v) => (v < 0.1 ? v : 0.1)],
      [(t) => g.greater(t, 0), (v) => (v > 0 ? 1 : 0)],
      [(t) => g.where(g.greater(t, 0), 5, t), (v) => (v > 0 ? 5 : v)],
    ];
    for (const [build, formula] of formulas) close(run(build, [[4], x]).data, x.map(formula));
  });

  it('softplus and sigmoid do not overflow', async () => {
    const { sigmoid, softplus } = await ops;
    close(run(softplus, [[2], [800, -800]]).data, [800, 0]);
    close(run(sigmoid, [[2], [800, -800]]).data, [1, 0]);
  });

  it('structure ops move values as numpy does', async () => {
    const g = await ops;
    const x: [Shape, number[]] = [
      [2, 3],
      [1, 2, 3, 4, 5, 6],
    ];
    assert.deepEqual(
      run((t) => g.transpose(t), x),
      { shape: [3, 2], data: [1, 4, 2, 5, 3, 6] },
    );
    assert.deepEqual(
      run((t) => g.reshape(t, [3, 2]), x),
      { shape: [3, 2], data: [1, 2, 3, 4, 5, 6] },
    );
    assert.deepEqual(
      run((t) => g.slice(t, 1, 1, 3), x),
      { shape: [2, 2], data: [2, 3, 5, 6] },
    );
    assert.deepEqual(
      run((t) => g.slice(t, 0, 1, 2), x),
      { shape: [1, 3], data: [4, 5, 6] },
    );
    assert.deepEqual(
      run((t) => g.pad(t, 1, 1, 0), x),
      { shape: [2, 4], data: [0, 1, 2, 3, 0, 4, 5, 6] },
    );
    assert.deepEqual(
      run((t) => g.concat([t, t], 1), x),
      { shape: [2, 6], data: [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6] },
    );
    assert.deepEqual(run((t) => g.concat([t, t], 0), x).data, [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]);
    assert.deepEqual(
      run((t) => g.reduceSum(t, [0]), x),
      { shape: [3], data: [5, 7, 9] },
    );
    assert.deepEqual(
      run((t) => g.reduceSum(t, [1], true), x),
      { shape: [2, 1], data: [6, 15] },
    );
    assert.deepEqual(
      run((t) => g.reduceMean(t), x),
      { shape: [], data: [3.5] },
    );
    assert.deepEqual(run((t) => g.gather(t, g.indexConstant([1, 1], [2])), x).data, [4, 5, 6, 4, 5, 6]);
    assert.deepEqual(
      run((t) => g.scatterAdd(t, g.indexConstant([2, 2], [2]), 3), x),
      { shape: [3, 3], data: [0, 0, 0, 0, 0, 0, 5, 7, 9] },
    );
    assert.deepEqual(run((t) => g.broadcastTo(t, [2, 2, 3]), x).data, [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]);
    assert.deepEqual(
      run((t) => g.matmul(t, t, { transposeB: true }), x),
      { shape: [2, 2], data: [14, 32, 32, 77] },
    );
    assert.deepEqual(
      run((t) => g.matmul(t, t, { transposeA: true }), x).data,
      [17, 22, 27, 22, 29, 36, 27, 36, 45],
    );
  });

  it('softmax is e^x over its sum, row by row', async () => {
    const { softmax } = await ops;
    const row = (v: number[]) => v.map((a) => Math.exp(a) / v.reduce((s, b) => s + Math.exp(b), 0));
    close(
      run(softmax, [
        [2, 3],
        [1, 2, 3, -1, 0, 2],
      ]).data,
      [...row([1, 2, 3]), ...row([-1, 0, 2])],
    );
  });

  it('stopGradient lets values through and gradients not', async () => {
    const { stopGradient } = await ops;
    const x = input('x', [2]);
    const y = reduceSum(mul(x, stopGradient(x)));
    const feeds = { x: { shape: [2], data: [3, -4] } };
    assert.deepEqual([...evaluate({ y }, feeds).y.data], [25]);
    assert.deepEqual([...evaluate({ g: gradient(y, [x])[0] }, feeds).g.data], [3, -4]);
  });
});
