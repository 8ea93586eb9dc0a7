import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  add,
  broadcastTo,
  concat,
  constant,
  evaluate,
  gather,
  indexConstant,
  input,
  matmul,
  mul,
  pad,
  reduceSum,
  reshape,
  slice,
  sqrt,
  transpose,
  type Shape,
  type Tensor,
} from '../../src/graph/index.js';
import { LatentcvError } from '../../src/support/errors.js';

const x = (...shape: Shape) => input('x', shape);

describe('shape rules', () => {
  const accepted: [string, () => Tensor, Shape][] = [
    ['named axes equal themselves', () => add(x('n', 3), x('n', 3)), ['n', 3]],
    ['named axes stretch from 1', () => add(x('n', 1), x(1, 3)), ['n', 3]],
    ['missing axes are 1', () => mul(x(2, 'n', 3), x(3)), [2, 'n', 3]],
    ['matmul over a named axis', () => matmul(x('n', 3), x('n', 2), { transposeA: true }), [3, 2]],
    ['negative axes count from the end', () => reduceSum(x('n', 2, 3), [-1]), ['n', 2]],
    ['concat of one part', () => concat([x('n', 2)], 0), ['n', 2]],
    ['gather by a matrix of rows', () => gather(x('N', 4), input('i', ['b', 2], 'index')), ['b', 2, 4]],
  ];
  for (const [title, build, shape] of accepted) it(title, () => assert.deepEqual(build().shape, shape));

  const refused: [string, () => Tensor, RegExp][] = [
    [
      'lengths that differ',
      () => add(x(2, 3), x(2, 4)),
      /^add of \[2, 3\] \(x\), \[2, 4\] \(x\): lengths 3 and 4/,
    ],
    ['a name against a number', () => add(x('n', 3), x(2, 3)), /lengths n and 2 do not broadcast/],
    ['a name against another', () => add(x('n'), x('m')), /lengths n and m/],
    [
      'inner lengths of a product',
      () => matmul(x('n', 3), x(4, 2)),
      /^matmul .* inner lengths 3 and 4 differ/,
    ],
    ['a product of other than matrices', () => matmul(x(3), x(3, 2)), /expected two matrices/],
    ['an axis that is not there', () => reduceSum(x(2, 3), [2]), /no axis 2/],
    ['an axis twice', () => reduceSum(x(2, 3), [0, 0]), /axes \[0, 0\] repeat/],
    ['a permutation with a repeat', () => transpose(x(2, 3), [0, 0]), /does not name every axis once/],
    ['a reshape to another count', () => reshape(x('n', 6), ['n', 5]), /cannot become \[n, 5\]/],
    ['a reshape that loses a named axis', () => reshape(x('n', 6), [6]), /cannot become \[6\]/],
    ['a broadcast to fewer axes', () => broadcastTo(x(2, 3), [3]), /cannot be broadcast to \[3\]/],
    ['a broadcast that shrinks', () => broadcastTo(x(3), [1]), /cannot be broadcast to \[1\]/],
    ['concat of differing shapes', () => concat([x(2, 3), x(2, 4)], 0), /differ outside axis 0/],
    ['concat along a named axis', () => concat([x('n', 3), x('n', 3)], 0), /known lengths/],
    ['concat of nothing', () => concat([], 0), /at least one tensor/],
    ['a slice outside', () => slice(x(2, 3), 1, 1, 4), /range 1 to 4 is not inside axis 1 of length 3/],
    ['a slice of a named axis', () => slice(x('n', 3), 0, 0, 1), /known length/],
    ['a negative pad', () => pad(x(2), 0, -1, 0), /cannot pad by -1 and 0/],
    ['gather by reals', () => gather(x(2, 3), x(2)), /an index tensor cannot go in here|index/],
    ['arithmetic on an index', () => sqrt(indexConstant([1], [1])), /^sqrt of \[1\]: an index tensor/],
    ['a constant with too few values', () => constant([1, 2], [3]), /expected 3 values, got 2/],
    ['a length that is none', () => input('x', [1.5]), /1.5 is not a length/],
    ['an input without a name', () => input('', []), /expected a name/],
  ];
  for (const [title, build, message] of refused) {
    it(`refuses ${title}`, () => {
      assert.throws(
        build,
        (error) =>
          error instanceof LatentcvError && error.code === 'bad-graph' && message.test(error.message),
      );
    });
  }
});

describe('evaluate refuses', () => {
  const [a, b] = [input('a', ['n', 2]), input('b', ['n'])];
  const y = { y: add(reduceSum(a, [1]), b) };
  const good = { a: { shape: [2, 2], data: [1, 2, 3, 4] }, b: { shape: [2], data: [1, 2] } };
  const cases: [string, Parameters<typeof evaluate>[1], RegExp][] = [
    ['missing inputs', { a: good.a }, /values for the input b but received none/],
    [
      'lengths that disagree',
      { ...good, b: { shape: [3], data: [1, 2, 3] } },
      /shape \[n\] for the input b but received \[3\]/,
    ],
    ['a wrong fixed length', { ...good, a: { shape: [2, 3], data: new Float64Array(6) } }, /shape \[n, 2\]/],
    ['a wrong number of axes', { ...good, a: { shape: [4], data: [1, 2, 3, 4] } }, /shape \[n, 2\]/],
    ['too few values', { ...good, a: { shape: [2, 2], data: [1] } }, /\[2, 2\] with 1 values/],
  ];
  const badData = (message: RegExp) => (error: unknown) =>
    error instanceof LatentcvError && error.code === 'bad-data' && message.test(error.message);
  for (const [title, feeds, message] of cases)
    it(title, () => assert.throws(() => evaluate(y, feeds), badData(message)));

  it('row numbers outside', () => {
    const rows = { y: gather(constant([1, 2], [2]), input('i', [1], 'index')) };
    for (const row of [-1, 2, 0.5]) {
      assert.throws(
        () => evaluate(rows, { i: { shape: [1], data: [row] } }),
        badData(/row numbers below 2 but received/),
      );
    }
  });
});
