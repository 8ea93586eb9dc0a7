import { erf } from './error-function.js';
import type { Op, OpAttributes, Shape } from './tensor.js';

/** Values of a known shape, row-major, in double precision. */
export interface NdArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** What a rule knows: inputs, attributes, the result's shape, and lengths of named axes. */
interface Call<O extends Op> {
  readonly inputs: readonly NdArray[];
  readonly attributes: Readonly<OpAttributes[O]>;
  readonly shape: readonly number[];
  readonly resolve: (shape: Shape) => number[];
}
export type EvaluationRule<O extends Op> = (call: Call<O>) => Float64Array;

const unary =
  (f: (x: number) => number): EvaluationRule<Op> =>
  ({ inputs }) =>
    inputs[0].data.map(f);

const elementwise =
  (f: (...values: number[]) => number): EvaluationRule<Op> =>
  ({ inputs, shape }) => {
    const stretched = inputs.map((x) => stretch(x, shape));
    return new Float64Array(product(shape)).map((_, i) => f(...stretched.map((data) => data[i])));
  };

const copy: EvaluationRule<Op> = ({ inputs }) => inputs[0].data.slice();
const fed: EvaluationRule<Op> = () => {
  throw new TypeError('inputs are fed, not computed');
};

/** How every op is computed, written for clarity: the reference that engines are compared with. */
export const evaluationRules: { [O in Op]: EvaluationRule<O> } = {
  input: fed,
  constant: ({ attributes }) => attributes.values,
  size: ({ attributes, resolve }) => Float64Array.of(product(resolve(attributes.shape))),

  neg: unary((x) => -x),
  exp: unary(Math.exp),
  log: unary(Math.log),
  sqrt: unary(Math.sqrt),
  abs: unary(Math.abs),
  sign: unary(Math.sign),
  sin: unary(Math.sin),
  cos: unary(Math.cos),
  tanh: unary(Math.tanh),
  sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  relu: unary((x) => Math.max(x, 0)),
  leakyRelu: ({ inputs, attributes }) => inputs[0].data.map((x) => (x > 0 ? x : attributes.alpha * x)),
  elu: ({ inputs, attributes }) => inputs[0].data.map((x) => (x > 0 ? x : attributes.alpha * Math.expm1(x))),
  softplus: unary((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  erf: unary(erf),
  pow: ({ inputs, attributes }) => inputs[0].data.map((x) => x ** attributes.exponent),
  stopGradient: copy,

  add: elementwise((a, b) => a + b),
  sub: elementwise((a, b) => a - b),
  mul: elementwise((a, b) => a * b),
  div: elementwise((a, b) => a / b),
  maximum: elementwise((a, b) => Math.max(a, b)),
  minimum: elementwise((a, b) => Math.min(a, b)),
  greater: elementwise((a, b) => (a > b ? 1 : 0)),
  where: elementwise((mask, a, b) => (mask !== 0 ? a : b)),
  softmax: ({ inputs, shape }) => {
    const width = shape[shape.length - 1];
    const result = inputs[0].data.slice();
    for (let i = 0; i < result.length; i += width) softmaxRow(result.subarray(i, i + width));
    return result;
  },

  matmul: ({ inputs, attributes, shape }) => {
    const a = attributes.transposeA ? swap(inputs[0]) : inputs[0];
    const b = attributes.transposeB ? swap(inputs[1]) : inputs[1];
    return multiply(a, b, shape as [number, number]);
  },
  reduceSum: ({ inputs, attributes, shape }) => {
    const [x] = inputs as [NdArray];
    const kept = x.shape.map((dim, i) => (attributes.axes.includes(i) ? 1 : dim));
    const place = stretchedIndex(kept, x.shape);
    const result = new Float64Array(product(shape));
    x.data.forEach((value, i) => (result[place[i]] += value));
    return result;
  },
  transpose: ({ inputs, attributes, shape }) => {
    const strides = stridesOf(inputs[0].shape);
    return pick(
      inputs[0].data,
      indices(
        shape,
        attributes.permutation.map((axis) => strides[axis]),
      ),
    );
  },
  reshape: copy,
  broadcastTo: ({ inputs, shape }) => stretch(inputs[0], shape).slice(),
  concat: ({ inputs, attributes, shape }) => {
    const result = new Float64Array(product(shape));
    let start = 0;
    for (const part of inputs) {
      placeBlock(result, shape, part, attributes.axis, start);
      start += part.shape[attributes.axis];
    }
    return result;
  },
  slice: ({ inputs, attributes: { axis, start }, shape }) => {
    const strides = stridesOf(inputs[0].shape);
    return pick(inputs[0].data, indices(shape, strides, start * strides[axis]));
  },
  pad: ({ inputs, attributes: { axis, before }, shape }) => {
    const result = new Float64Array(product(shape));
    placeBlock(result, shape, inputs[0], axis, before);
    return result;
  },
  gather: ({ inputs, shape }) => {
    const [x, index] = inputs as [NdArray, NdArray];
    const width = product(x.shape.slice(1));
    const result = new Float64Array(product(shape));
    index.data.forEach((row, i) => result.set(x.data.subarray(row * width, (row + 1) * width), i * width));
    return result;
  },
  scatterAdd: ({ inputs, shape }) => {
    const [values, index] = inputs as [NdArray, NdArray];
    const width = product(shape.slice(1));
    const result = new Float64Array(product(shape));
    values.data.forEach((value, i) => {
      result[index.data[Math.floor(i / width)] * width + (i % width)] += value;
    });
    return result;
  },
};

function softmaxRow(row: Float64Array): void {
  const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = row.reduce((total, x) => total + Math.exp(x - largest), 0);
  row.forEach((x, i) => (row[i] = Math.exp(x - largest) / sum));
}

function swap(x: NdArray): NdArray {
  const [rows, columns] = x.shape as [number, number];
  return { shape: [columns, rows], data: pick(x.data, indices([columns, rows], [1, columns])) };
}

function multiply(a: NdArray, b: NdArray, [rows, columns]: [number, number]): Float64Array {
  const inner = a.shape[1];
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = a.data[i * inner + k];
      for (let j = 0; j < columns; j++) result[i * columns + j] += factor * b.data[k * columns + j];
    }
  }
  return result;
}

function placeBlock(
  target: Float64Array,
  shape: readonly number[],
  part: NdArray,
  axis: number,
  start: number,
): void {
  const strides = stridesOf(shape);
  indices(part.shape, strides, start * strides[axis]).forEach((to, from) => (target[to] = part.data[from]!));
}

/** Values repeated to a shape by numpy's rule. */
function stretch(x: NdArray, shape: readonly number[]): Float64Array {
  if (x.data.length === product(shape)) return x.data;
  return pick(x.data, stretchedIndex(x.shape, shape));
}

function stretchedIndex(from: readonly number[], to: readonly number[]): Int32Array {
  const own = stridesOf(from);
  const lead = to.length - from.length;
  return indices(
    to,
    to.map((_, i) => (i < lead || from[i - lead] === 1 ? 0 : own[i - lead])),
  );
}

/** For each element of a shape, in row-major order, offset + Σ position·stride. */
function indices(shape: readonly number[], strides: readonly number[], offset = 0): Int32Array {
  let result = Int32Array.of(offset);
  shape.forEach((length, axis) => {
    const longer = new Int32Array(result.length * length);
    result.forEach((base, i) => {
      for (let j = 0; j < length; j++) longer[i * length + j] = base + j * strides[axis];
    });
    result = longer;
  });
  return result;
}

function pick(data: Float64Array, places: Int32Array): Float64Array {
  return Float64Array.from(places, (place) => data[place]);
}

function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => product(shape.slice(axis + 1)));
}

function product(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a * b, 1);
}
