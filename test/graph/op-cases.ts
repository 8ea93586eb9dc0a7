import {
  abs,
  add,
  atan,
  broadcastTo,
  clip,
  concat,
  constant,
  cos,
  div,
  elu,
  erf,
  exp,
  floor,
  gather,
  greater,
  indexConstant,
  input,
  largestPlaces,
  leakyRelu,
  log,
  matmul,
  maximum,
  minimum,
  mul,
  neg,
  pad,
  pow,
  power,
  putAlong,
  reduceMax,
  reduceSum,
  relu,
  reshape,
  round,
  scatterAdd,
  sigmoid,
  sign,
  sin,
  size,
  slice,
  softmax,
  softplus,
  sqrt,
  square,
  stopGradient,
  sub,
  takeAlong,
  tanh,
  transpose,
  where,
  type Op,
  type Shape,
  type Tensor,
} from '../../src/graph/index.js';

/** Real values with a shape, as input `a`, `b`, … of a case. */
export interface Operand {
  name: string;
  shape: Shape;
  /** Values are drawn from this range, away from the points where the op is not smooth. */
  range: [number, number];
}

/** One use of an op: its operands, and the result as a function of them. */
export interface OpCase {
  title: string;
  op: Op;
  operands: Operand[];
  build: (...inputs: Tensor[]) => Tensor;
}

const at = (name: string, shape: Shape, range: [number, number] = [-2, 2]): Operand => ({
  name,
  shape,
  range,
});
const positive: [number, number] = [0.5, 3];

function unary(op: Op, build: (x: Tensor) => Tensor, range?: [number, number]): OpCase[] {
  return [
    { title: `${op} of [2, 3]`, op, operands: [at('a', [2, 3], range)], build },
    { title: `${op} of [n, 3]`, op, operands: [at('a', ['n', 3], range)], build },
  ];
}

function binary(op: Op, build: (a: Tensor, b: Tensor) => Tensor, range?: [number, number]): OpCase[] {
  const shapes: [Shape, Shape][] = [
    [
      [2, 3],
      [2, 3],
    ],
    [[2, 3], [3]],
    [
      [2, 1],
      [1, 3],
    ],
    [[], [2, 3]],
    [
      ['n', 3],
      [1, 3],
    ],
    [
      ['n', 3],
      ['n', 1],
    ],
    [
      ['n', 1],
      [2, 1, 3],
    ],
  ];
  return shapes.map(([a, b]) => ({
    title: `${op} of [${a.join()}] and [${b.join()}]`,
    op,
    operands: [at('a', a), at('b', b, range)],
    build,
  }));
}

function matmuls(): OpCase[] {
  return [false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) => ({
      title: `matmul with transposeA ${transposeA}, transposeB ${transposeB}`,
      op: 'matmul' as const,
      operands: [at('a', transposeA ? [4, 'n'] : ['n', 4]), at('b', transposeB ? [3, 4] : [4, 3])],
      build: (a: Tensor, b: Tensor) => matmul(a, b, { transposeA, transposeB }),
    })),
  );
}

function stackedMatmuls(): OpCase[] {
  const shapes: [Shape, Shape, boolean, boolean][] = [
    [['n', 2, 4], [4, 3], false, false],
    [['n', 4, 2], [1, 3, 4], true, true],
    [['n', 1, 2, 4], [5, 4, 3], false, false],
    [[2, 4], ['n', 3, 4], false, true],
  ];
  return shapes.map(([a, b, transposeA, transposeB]) => ({
    title: `matmul of [${a.join()}] and [${b.join()}]`,
    op: 'matmul',
    operands: [at('a', a), at('b', b)],
    build: (x, y) => matmul(x, y, { transposeA, transposeB }),
  }));
}

const one = (title: string, op: Op, shape: Shape, build: (x: Tensor) => Tensor): OpCase => ({
  title,
  op,
  operands: [at('a', shape)],
  build,
});

/** Every op in the shapes that matter, named axes included. */
export const opCases: OpCase[] = [
  one('input', 'input', ['n', 2], (x) => x),
  one('constant', 'constant', ['n', 2], (x) => mul(x, constant([2, -3], [2]))),
  one('size', 'size', ['n', 2], (x) => div(x, size(['n', 3]))),
  ...unary('neg', neg),
  ...unary('exp', exp),
  ...unary('log', log, positive),
  ...unary('sqrt', sqrt, positive),
  ...unary('abs', abs),
  ...unary('sign', (x) => mul(sign(x), x)),
  ...unary('sin', sin),
  ...unary('cos', cos),
  ...unary('tanh', tanh),
  ...unary('sigmoid', sigmoid),
  ...unary('relu', (x) => mul(relu(x), x)),
  ...unary('leakyRelu', (x) => mul(leakyRelu(x, 0.2), x)),
  ...unary('elu', (x) => elu(x, 0.7)),
  ...unary('softplus', softplus),
  ...unary('erf', erf),
  ...unary('atan', atan),
  ...unary('floor', (x) => mul(sub(x, floor(add(x, 0.37))), x)),
  ...unary('round', (x) => mul(sub(x, round(add(x, 0.37))), x)),
  ...unary('clip', (x) => mul(clip(x, -0.6, 1.1), x)),
  ...unary('clip', (x) => mul(clip(x, -Infinity, 0.5, true), x)),
  ...unary('pow', (x) => pow(x, 2.5), positive),
  ...unary('pow', (x) => pow(x, 3)),
  ...unary('softmax', softmax),
  ...binary('add', add),
  ...binary('sub', sub),
  ...binary('mul', mul),
  ...binary('div', div, positive),
  ...binary('power', (a, b) => power(add(abs(a), 0.5), b), positive),
  ...binary('maximum', (a, b) => mul(maximum(a, b), a)),
  ...binary('minimum', (a, b) => mul(minimum(a, b), b)),
  ...binary('greater', (a, b) => mul(greater(a, b), b)),
  ...binary('where', (a, b) => where(greater(a, 0), mul(a, b), sin(b))),
  // Derivatives go through one factor only: the product is x·stop(x).
  one('stopGradient', 'stopGradient', ['n', 2], (x) => stopGradient(mul(x, x))),
  ...matmuls(),
  ...stackedMatmuls(),
  one('reduceMax of columns', 'reduceMax', ['n', 3], (x) => mul(reduceMax(x, [1], true), x)),
  one('reduceMax of two of three axes', 'reduceMax', [2, 'n', 3], (x) => square(reduceMax(x, [0, 2]))),
  one('reduceSum of all', 'reduceSum', ['n', 3], (x) => reduceSum(x)),
  one('reduceSum of rows', 'reduceSum', [4, 3], (x) => reduceSum(x, [0])),
  one('reduceSum of rows, kept', 'reduceSum', [4, 3], (x) => reduceSum(x, [0], true)),
  one('reduceSum over a named axis', 'reduceSum', ['n', 3], (x) => reduceSum(x, [0])),
  one('reduceSum of two of three axes', 'reduceSum', [2, 'n', 3], (x) => reduceSum(x, [0, 2], true)),
  one('transpose', 'transpose', ['n', 3], (x) => transpose(x)),
  one('transpose of three axes', 'transpose', [2, 'n', 3], (x) => transpose(x, [2, 0, 1])),
  one('reshape', 'reshape', ['n', 6], (x) => reshape(x, ['n', 3, 2])),
  one('reshape to fewer axes', 'reshape', [2, 3, 2], (x) => reshape(x, [12])),
  one('reshape with two named axes', 'reshape', ['n', 'm'], (x) => reshape(x, ['m', 'n'])),
  {
    title: 'broadcastTo a named axis',
    op: 'broadcastTo',
    operands: [at('a', [1, 3]), at('b', ['n', 1])],
    build: (a, b) => mul(broadcastTo(a, ['n', 3]), b),
  },
  one('broadcastTo more axes', 'broadcastTo', [3, 1], (x) => broadcastTo(x, [2, 3, 4])),
  {
    title: 'concat of columns',
    op: 'concat',
    operands: [at('a', ['n', 2]), at('b', ['n', 3])],
    build: (a, b) => concat([a, b, a], 1),
  },
  {
    title: 'concat of rows',
    op: 'concat',
    operands: [at('a', [2, 2]), at('b', [1, 2])],
    build: (a, b) => concat([a, b], 0),
  },
  one('slice of columns', 'slice', ['n', 5], (x) => slice(x, 1, 1, 4)),
  one('slice of rows', 'slice', [5, 2], (x) => slice(x, 0, 3, 5)),
  one('pad', 'pad', ['n', 2], (x) => pad(x, 1, 1, 2)),
  one('gather', 'gather', ['n', 2], (x) => gather(x, indexConstant([1, 0, 1, 1], [4]))),
  one('gather by a matrix', 'gather', [3, 2], (x) => gather(x, indexConstant([1, 0, 2, 1], [2, 2]))),
  one('gather of columns', 'gather', ['n', 3, 2], (x) => gather(x, indexConstant([1, 0, 2, 1], [2, 2]), 1)),
  one('scatterAdd', 'scatterAdd', [4, 2], (x) => scatterAdd(x, indexConstant([1, 0, 1, 1], [4]), 3)),
  one('scatterAdd of columns', 'scatterAdd', ['n', 2, 2, 3], (x) =>
    scatterAdd(x, indexConstant([1, 0, 1, 1], [2, 2]), 3, 1),
  ),
  one('largestPlaces', 'largestPlaces', ['n', 4], (x) => mul(takeAlong(x, largestPlaces(x, 2)), 2)),
  one('takeAlong', 'takeAlong', [2, 3], (x) => sin(takeAlong(x, indexConstant([1, 0, 2, 1], [2, 2])))),
  one('putAlong', 'putAlong', ['n', 4], (x) => square(putAlong(x, largestPlaces(x, 4), 5))),
  one('putAlong in one place', 'putAlong', [2, 2], (x) =>
    square(putAlong(x, indexConstant([1, 1, 2, 0], [2, 2]), 3)),
  ),
];

/** The inputs of a case and its result. */
export function buildCase({ operands, build }: OpCase): { inputs: Tensor[]; result: Tensor } {
  const inputs = operands.map(({ name, shape }) => input(name, shape));
  return { inputs, result: build(...inputs) };
}
