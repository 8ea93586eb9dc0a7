import { LatentcvError, expectList, expectNumber, expectNumbers, invalidArgument } from '../support/index.js';
import { countElements } from './shape-rules.js';
import { makeTensor, expectShape, expectTensor } from './make-tensor.js';
import { sameShape, type Dim, type Kind, type Op, type Shape, type Tensor } from './tensor.js';

export type Operand = Tensor | number;

/** A value fed when the graph is run. */
export function input(name: string, shape: Shape, kind: Kind = 'real'): Tensor {
  expectShape(shape, 'input');
  if (name === '') throw new LatentcvError('bad-graph', 'expected a name for an input but received ""');
  return makeTensor('input', [], { shape, kind }, name);
}

/** Known values, row-major; copied. The name becomes the initialiser's name in a file. */
export function constant(values: ArrayLike<number>, shape: Shape, name?: string): Tensor {
  expectNumbers(values, 'values');
  expectShape(shape, 'constant');
  return makeTensor('constant', [], { values: Float64Array.from(values), shape, kind: 'real' }, name);
}

/** Known row numbers for `gather`. */
export function indexConstant(values: ArrayLike<number>, shape: Shape, name?: string): Tensor {
  expectNumbers(values, 'values');
  expectShape(shape, 'indexConstant');
  return makeTensor('constant', [], { values: Float64Array.from(values), shape, kind: 'index' }, name);
}

export function scalar(value: number): Tensor {
  if (typeof value !== 'number') throw invalidArgument('a number', 'scalar', value);
  return constant([value], []);
}

/** A number becomes a scalar constant. */
export function toTensor(value: Operand): Tensor {
  return typeof value === 'number' ? scalar(value) : value;
}

/** How many elements a shape has, as a scalar that follows named axes when run. */
export function size(shape: Shape): Tensor {
  expectShape(shape, 'size');
  const known = countElements(shape);
  return known === undefined ? makeTensor('size', [], { shape }) : scalar(known);
}

const unary = (op: PlainUnary) => (x: Tensor) => makeTensor(op, [x], {});
const binary = (op: Binary) => (a: Operand, b: Operand) => makeTensor(op, [toTensor(a), toTensor(b)], {});
type PlainUnary = Extract<
  Op,
  | (
      | 'neg'
      | 'exp'
      | 'log'
      | 'sqrt'
      | 'abs'
      | 'sign'
      | 'sin'
      | 'cos'
      | 'tanh'
      | 'sigmoid'
      | 'relu'
      | 'softplus'
      | 'erf'
      | 'atan'
      | 'floor'
      | 'round'
    )
  | 'softmax'
  | 'stopGradient'
>;
type Binary = Extract<Op, 'add' | 'sub' | 'mul' | 'div' | 'power' | 'maximum' | 'minimum' | 'greater'>;

export const neg = unary('neg');
export const exp = unary('exp');
export const log = unary('log');
export const sqrt = unary('sqrt');
export const abs = unary('abs');
export const sign = unary('sign');
export const sin = unary('sin');
export const cos = unary('cos');
export const tanh = unary('tanh');
export const sigmoid = unary('sigmoid');
export const relu = unary('relu');
/** log(1 + eˣ) */
export const softplus = unary('softplus');
/** 2/√π ∫₀ˣ exp(−t²) dt */
export const erf = unary('erf');
export const atan = unary('atan');
export const floor = unary('floor');
/** Halves go to the even neighbour. */
export const round = unary('round');
/** Along the last axis. */
export const softmax = unary('softmax');
/** The value, which gradients take for a constant. */
export const stopGradient = unary('stopGradient');

export const add = binary('add');
export const sub = binary('sub');
export const mul = binary('mul');
export const div = binary('div');
/** a to the power of b. */
export const power = binary('power');
export const maximum = binary('maximum');
export const minimum = binary('minimum');
/** 1 where a > b, else 0. */
export const greater = binary('greater');

/** a where the mask is not 0, else b. */
export function where(mask: Tensor, a: Operand, b: Operand): Tensor {
  return makeTensor('where', [mask, toTensor(a), toTensor(b)], {});
}

/** x for x > 0, else αx. */
export function leakyRelu(x: Tensor, alpha = 0.01): Tensor {
  expectNumber(alpha, 'alpha');
  return makeTensor('leakyRelu', [x], { alpha });
}

/** x for x > 0, else α(eˣ − 1). */
export function elu(x: Tensor, alpha = 1): Tensor {
  expectNumber(alpha, 'alpha');
  return makeTensor('elu', [x], { alpha });
}

/** x between two numbers; at these the derivative is 0. */
export function clip(x: Tensor, low: number, high: number): Tensor {
  return makeTensor('clip', [x], { low, high });
}

/** x to a constant power. */
export function pow(x: Tensor, exponent: number): Tensor {
  expectNumber(exponent, 'exponent');
  return makeTensor('pow', [x], { exponent });
}

export function square(x: Tensor): Tensor {
  return mul(x, x);
}

/** Product of matrices, each transposed first where asked; axes before the last two go by numpy's rule. */
export function matmul(
  a: Tensor,
  b: Tensor,
  flags: { transposeA?: boolean; transposeB?: boolean } = {},
): Tensor {
  const { transposeA = false, transposeB = false } = flags;
  return makeTensor('matmul', [a, b], { transposeA, transposeB });
}

/** Axes in a new order; the order is reversed where none is given. */
export function transpose(x: Tensor, permutation?: readonly number[]): Tensor {
  expectTensor(x, 'transpose');
  return makeTensor('transpose', [x], { permutation: permutation ?? x.shape.map((_, i) => i).reverse() });
}

export function reshape(x: Tensor, shape: Shape): Tensor {
  expectTensor(x, 'reshape');
  expectShape(shape, 'reshape');
  return sameShape(x.shape, shape) ? x : makeTensor('reshape', [x], { shape });
}

/** Stretched to a shape by numpy's rule. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  expectTensor(x, 'broadcastTo');
  expectShape(shape, 'broadcastTo');
  return sameShape(x.shape, shape) ? x : makeTensor('broadcastTo', [x], { shape });
}

export function concat(parts: readonly Tensor[], axis: number): Tensor {
  expectList(parts, 'parts');
  for (const part of parts) expectTensor(part, 'concat');
  const rank = parts[0]?.shape.length ?? 0;
  return makeTensor('concat', parts, { axis: axis < 0 ? axis + rank : axis });
}

/** Elements start (included) to end (excluded) along one axis. */
export function slice(x: Tensor, axis: number, start: number, end: number): Tensor {
  expectTensor(x, 'slice');
  return makeTensor('slice', [x], { axis: axis < 0 ? axis + x.shape.length : axis, start, end });
}

/** Zeros before and after along one axis. */
export function pad(x: Tensor, axis: number, before: number, after: number): Tensor {
  expectTensor(x, 'pad');
  return makeTensor('pad', [x], { axis: axis < 0 ? axis + x.shape.length : axis, before, after });
}

/** Parts of x along an axis by number: of rows, `[rows, …]` and an index of shape `[b]` give `[b, …]`. */
export function gather(x: Tensor, index: Tensor, axis = 0): Tensor {
  expectTensor(x, 'gather');
  return makeTensor('gather', [x, index], { axis: axis < 0 ? axis + x.shape.length : axis });
}

/** Parts of values summed by number into zeros of length `rows` along an axis. */
export function scatterAdd(values: Tensor, index: Tensor, rows: Dim, axis = 0): Tensor {
  return makeTensor('scatterAdd', [values, index], { rows, axis });
}

/** Places of the k largest along the last axis, an index `[…, k]`. */
export function largestPlaces(x: Tensor, k: number): Tensor {
  return makeTensor('largestPlaces', [x], { k });
}

/** Elements along the last axis: of x `[…, d]` and an index `[…, m]`, `[…, m]`. */
export function takeAlong(x: Tensor, index: Tensor): Tensor {
  return makeTensor('takeAlong', [x, index], {});
}

/** Elements `[…, m]` summed by their places `[…, m]` into zeros `[…, length]`. */
export function putAlong(values: Tensor, index: Tensor, length: number): Tensor {
  return makeTensor('putAlong', [values, index], { length });
}

/** Sum over axes (all where none are given); negative axes count from the end. */
export function reduceSum(x: Tensor, axes?: readonly number[], keepDims = false): Tensor {
  return makeTensor('reduceSum', [x], { axes: normalizeAxes(x, axes), keepDims });
}

/** Largest over axes (all where none are given); equal ones share the derivative. */
export function reduceMax(x: Tensor, axes?: readonly number[], keepDims = false): Tensor {
  return makeTensor('reduceMax', [x], { axes: normalizeAxes(x, axes), keepDims });
}

/** Mean over axes (all where none are given). */
export function reduceMean(x: Tensor, axes?: readonly number[], keepDims = false): Tensor {
  const summed = normalizeAxes(x, axes);
  const count = size(summed.map((axis) => x.shape[axis] ?? 1));
  return div(reduceSum(x, summed, keepDims), count);
}

function normalizeAxes(x: Tensor, axes?: readonly number[]): number[] {
  expectTensor(x, 'reduction');
  if (axes === undefined) return x.shape.map((_, i) => i);
  expectList(axes, 'axes');
  return axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis)).sort((a, b) => a - b);
}
