import { expectList } from '../support/index.js';
/** Length of one axis: a number, or a name such as `'n'` that is known only when the graph is run. */
export type Dim = number | string;
export type Shape = readonly Dim[];
/** `real` is float32 or float64, decided when the graph is written or run; `index` is int32. */
export type Kind = 'real' | 'index';

type None = Record<never, never>;

/** Every op and what it needs to know beside its inputs. Each has a row in every table of this room. */
export interface OpAttributes {
  input: { shape: Shape; kind: Kind };
  constant: { values: Float64Array; shape: Shape; kind: Kind };
  /** Product of the named axes' lengths, as a scalar. */
  size: { shape: Shape };

  neg: None;
  exp: None;
  log: None;
  sqrt: None;
  abs: None;
  sign: None;
  sin: None;
  cos: None;
  tanh: None;
  sigmoid: None;
  relu: None;
  leakyRelu: { alpha: number };
  elu: { alpha: number };
  softplus: None;
  erf: None;
  atan: None;
  floor: None;
  /** To the nearest whole number, halves to the even one. */
  round: None;
  /** Between two numbers, either of which may be infinite. */
  clip: { low: number; high: number };
  pow: { exponent: number };
  stopGradient: None;

  add: None;
  sub: None;
  mul: None;
  div: None;
  /** The first to the power of the second. */
  power: None;
  maximum: None;
  minimum: None;
  /** 1 where the first is greater than the second, else 0. */
  greater: None;
  /** Inputs mask, a, b: a where the mask is not 0, else b. */
  where: None;
  /** Along the last axis. */
  softmax: None;

  /** Of the last two axes, those before them by numpy's rule. */
  matmul: { transposeA: boolean; transposeB: boolean };
  reduceSum: { axes: readonly number[]; keepDims: boolean };
  reduceMax: { axes: readonly number[]; keepDims: boolean };
  transpose: { permutation: readonly number[] };
  reshape: { shape: Shape };
  broadcastTo: { shape: Shape };
  concat: { axis: number };
  slice: { axis: number; start: number; end: number };
  /** Zeros before and after along one axis. */
  pad: { axis: number; before: number; after: number };
  /** Inputs x, index: parts of x along an axis, by number. */
  gather: { axis: number };
  /** Inputs values, index: sums parts of values into zeros of length `rows` along the axis; the transpose of gather. */
  scatterAdd: { rows: Dim; axis: number };
  /** Places of the k largest along the last axis, the largest first; of equal ones the first. */
  largestPlaces: { k: number };
  /** Inputs x, index: elements along the last axis, other ones in each row. */
  takeAlong: None;
  /** Inputs values, index: sums elements into rows of zeros of that length; the transpose of takeAlong. */
  putAlong: { length: number };
}

export type Op = keyof OpAttributes;

/** A node made by one op. Immutable. */
export interface TensorOf<O extends Op> {
  readonly op: O;
  readonly inputs: readonly Tensor[];
  readonly attributes: Readonly<OpAttributes[O]>;
  readonly shape: Shape;
  readonly kind: Kind;
  /** The name of an input (required there) or of a constant (what its initialiser is called in a file). */
  readonly name?: string;
}

/** An expression: how a value of a shape is computed from inputs and constants. */
export type Tensor = { [O in Op]: TensorOf<O> }[Op];

/** `[n, 45]` */
export function showShape(shape: Shape): string {
  expectList(shape, 'shape');
  return `[${shape.join(', ')}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  expectList(a, 'shape');
  expectList(b, 'shape');
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}
