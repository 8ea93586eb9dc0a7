import {
  abs,
  add,
  broadcastTo,
  cos,
  div,
  exp,
  gather,
  greater,
  log,
  matmul,
  mul,
  neg,
  pad,
  pow,
  power,
  putAlong,
  reduceSum,
  reshape,
  scalar,
  scatterAdd,
  sigmoid,
  sign,
  sin,
  slice,
  sub,
  takeAlong,
  transpose,
  where,
} from './ops.js';
import { sameShape, type Op, type Shape, type Tensor, type TensorOf } from './tensor.js';

/**
 * From the gradient `g` of some scalar with respect to the result `y`, the gradients with respect to the
 * op's inputs; undefined where they vanish. Built from ops again, so it can be differentiated further.
 */
type GradientRule<O extends Op> = (g: Tensor, y: TensorOf<O>) => readonly (Tensor | undefined)[];

type Unary<O extends Op> = (g: Tensor, x: Tensor, y: Tensor, attributes: OpAttributesOf<O>) => Tensor;
type OpAttributesOf<O extends Op> = TensorOf<O>['attributes'];
const unary =
  <O extends Op>(rule: Unary<O>): GradientRule<O> =>
  (g, y) => [rule(g, y.inputs[0], y as Tensor, y.attributes)];

type Binary = (g: Tensor, a: Tensor, b: Tensor, y: Tensor) => readonly [Tensor, Tensor];
const binary =
  (rule: Binary) =>
  (g: Tensor, y: TensorOf<Op>): Tensor[] => {
    const [a, b] = y.inputs as [Tensor, Tensor];
    const [ga, gb] = rule(g, a, b, y as Tensor);
    return [sumTo(ga, a.shape), sumTo(gb, b.shape)];
  };

const none = () => [];
const positive = (x: Tensor) => greater(x, 0);

/** 1 between two numbers; infinite ones are not written. */
function inside(x: Tensor, low: number, high: number): Tensor {
  if (low === -Infinity) return high === Infinity ? scalar(1) : greater(high, x);
  return high === Infinity ? greater(x, low) : mul(greater(x, low), greater(high, x));
}

/** The gradient goes to the greater one, half of it to each of two equal ones. */
function shares(g: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  const first = mul(add(greater(a, b), sub(1, greater(b, a))), 0.5);
  return [mul(g, first), mul(g, sub(1, first))];
}

/** At 0 of a root, as of the square root: 0. */
function powerGradient(g: Tensor, x: Tensor, exponent: number): Tensor {
  if (exponent === 0) return mul(g, 0);
  const slope = mul(g, mul(pow(x, exponent - 1), exponent));
  return exponent > 0 && exponent < 1 ? where(positive(x), slope, 0) : slope;
}

/** The gradient rule of every op. */
export const gradientRules: { [O in Op]: GradientRule<O> } = {
  input: none,
  constant: none,
  size: none,

  neg: unary((g) => neg(g)),
  exp: unary((g, _, y) => mul(g, y)),
  // Where it is infinite and was not chosen nothing flows back: 0·∞ would be NaN.
  log: unary((g, x) => where(positive(x), div(g, x), 0)),
  // No derivative at 0: it is taken as 0, so that distances and norms of nothing pull at nothing.
  sqrt: unary((g, _, y) => where(positive(y), div(mul(g, 0.5), y), 0)),
  abs: unary((g, x) => mul(g, sign(x))),
  sign: () => [undefined],
  sin: unary((g, x) => mul(g, cos(x))),
  cos: unary((g, x) => neg(mul(g, sin(x)))),
  tanh: unary((g, _, y) => mul(g, sub(1, mul(y, y)))),
  sigmoid: unary((g, _, y) => mul(g, mul(y, sub(1, y)))),
  relu: unary((g, x) => mul(g, positive(x))),
  leakyRelu: unary<'leakyRelu'>((g, x, _, { alpha }) => mul(g, add(mul(positive(x), 1 - alpha), alpha))),
  // For x ≤ 0 the slope αeˣ is y + α, which stays finite where eˣ of a large positive x would not.
  elu: unary<'elu'>((g, x, y, { alpha }) => mul(g, where(positive(x), 1, add(y, alpha)))),
  softplus: unary((g, x) => mul(g, sigmoid(x))),
  erf: unary((g, x) => mul(g, mul(exp(neg(mul(x, x))), 2 / Math.sqrt(Math.PI)))),
  atan: unary((g, x) => div(g, add(mul(x, x), 1))),
  floor: () => [undefined],
  round: () => [undefined],
  // At its bounds as torch has it: 0.
  clip: unary<'clip'>((g, x, _, { low, high }) => mul(g, inside(x, low, high))),
  pow: unary<'pow'>((g, x, _, { exponent }) => powerGradient(g, x, exponent)),
  stopGradient: () => [undefined],

  add: binary((g) => [g, g]),
  sub: binary((g) => [g, neg(g)]),
  mul: binary((g, a, b) => [mul(g, b), mul(g, a)]),
  div: binary((g, _, b, y) => [div(g, b), neg(div(mul(g, y), b))]),
  power: binary((g, a, b, y) => [
    mul(g, where(greater(abs(b), 0), mul(b, power(a, sub(b, 1))), 0)),
    // 0ᵇ = 0 for every b that gives a number
    mul(g, mul(y, log(where(greater(abs(a), 0), a, 1)))),
  ]),
  maximum: binary((g, a, b) => shares(g, a, b)),
  minimum: binary((g, a, b) => shares(g, b, a)),
  greater: () => [undefined, undefined],
  where: (g, y) => {
    const [mask, a, b] = y.inputs as [Tensor, Tensor, Tensor];
    return [undefined, sumTo(where(mask, g, 0), a.shape), sumTo(where(mask, 0, g), b.shape)];
  },
  softmax: unary((g, _, y) => {
    const product = mul(g, y);
    return sub(product, mul(y, reduceSum(product, [-1], true)));
  }),

  matmul: (g, y) => {
    const [a, b] = y.inputs as [Tensor, Tensor];
    const { transposeA, transposeB } = y.attributes;
    const ga = transposeA
      ? matmul(b, g, { transposeA: transposeB, transposeB: true })
      : matmul(g, b, { transposeB: !transposeB });
    const gb = transposeB
      ? matmul(g, a, { transposeA: true, transposeB: transposeA })
      : matmul(a, g, { transposeA: !transposeA });
    return [sumTo(ga, a.shape), sumTo(gb, b.shape)];
  },
  reduceSum: (g, y) => {
    const [x] = y.inputs as [Tensor];
    const kept = x.shape.map((dim, i) => (y.attributes.axes.includes(i) ? 1 : dim));
    return [broadcastTo(reshape(g, kept), x.shape)];
  },
  reduceMax: (g, y) => {
    const [x] = y.inputs as [Tensor];
    const { axes } = y.attributes;
    const kept = x.shape.map((dim, i) => (axes.includes(i) ? 1 : dim));
    const largest = sub(1, greater(reshape(y, kept), x));
    return [mul(div(reshape(g, kept), reduceSum(largest, axes, true)), largest)];
  },
  transpose: (g, y) => {
    const inverse = y.attributes.permutation.map((_, axis) => y.attributes.permutation.indexOf(axis));
    return [transpose(g, inverse)];
  },
  reshape: unary((g, x) => reshape(g, x.shape)),
  broadcastTo: unary((g, x) => sumTo(g, x.shape)),
  concat: (g, y) => {
    const { axis } = y.attributes;
    if (y.inputs.length === 1) return [g];
    let start = 0;
    return y.inputs.map((part) => slice(g, axis, start, (start += part.shape[axis] as number)));
  },
  slice: unary<'slice'>((g, x, _, { axis, start, end }) =>
    pad(g, axis, start, (x.shape[axis] as number) - end),
  ),
  pad: unary<'pad'>((g, x, _, { axis, before }) =>
    slice(g, axis, before, before + (x.shape[axis] as number)),
  ),
  gather: (g, y) => {
    const [x, index] = y.inputs as [Tensor, Tensor];
    const { axis } = y.attributes;
    return [scatterAdd(g, index, x.shape[axis], axis), undefined];
  },
  scatterAdd: (g, y) => [gather(g, y.inputs[1], y.attributes.axis), undefined],
  largestPlaces: () => [undefined],
  takeAlong: (g, y) => [putAlong(g, y.inputs[1], y.inputs[0].shape.at(-1) as number), undefined],
  putAlong: (g, y) => [takeAlong(g, y.inputs[1]), undefined],
};

/** A gradient summed over the axes along which a tensor of this shape had been stretched. */
function sumTo(g: Tensor, shape: Shape): Tensor {
  if (sameShape(g.shape, shape)) return g;
  const lead = g.shape.length - shape.length;
  const axes = g.shape.flatMap((dim, i) => (i < lead || (shape[i - lead] === 1 && dim !== 1) ? [i] : []));
  return axes.length === lead ? reduceSum(g, axes) : reshape(reduceSum(g, axes, true), shape);
}

/** Zeros of a shape. */
export function zeros(shape: Shape): Tensor {
  return broadcastTo(scalar(0), shape);
}
