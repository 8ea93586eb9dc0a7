import { errorFunction } from './error-function.js';
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
  erf: unary(errorFunction),
  atan: unary(Math.atan),
  floor: unary(Math.floor),
  round: unary(toEven),
  clip: ({ inputs, attributes: { low, high } }) =>
    inputs[0].data.map((x) => Math.min(Math.max(x, low), high)),
  pow: ({ inputs, attributes }) => inputs[0].data.map((x) => x ** attributes.exponent),
  stopGradient: copy,

  add: elementwise((a, b) => a + b),
  sub: elementwise((a, b) => a - b),
  mul: elementwise((a, b) => a * b),
  div: elementwise((a, b) => a / b),
  power: elementwise((a, b) => a ** b),
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
    const result = new Float64Array(product(shape));
    const size = product(shape.slice(-2));
    const [left, right] = inputs.map((x) => matricesOf(x, shape.slice(0, -2)));
    left.forEach((matrix, i) => {
      const a = attributes.transposeA ? swap(matrix) : matrix;
      const b = attributes.transposeB ? swap(right[i]) : right[i];
      multiply(a, b, result.subarray(i * size, (i + 1) * size));
    });
    return result;
  },
  reduceSum: ({ inputs, attributes, shape }) => {
    const [x] = inputs as [NdArray];
    const kept = x.shape.map((dim, i) => (attributes.axes.includes(i) ? 1 : dim));
    const place = stretchedIndex(kept, x.shape);
    const result = new Float64Array(product(shape));
    x.data.forEach((value, i) => (result[place[i]] += value));
    return result;
  },
  reduceMax: ({ inputs, attributes, shape }) => {
    const [x] = inputs as [NdArray];
    const kept = x.shape.map((dim, i) => (attributes.axes.includes(i) ? 1 : dim));
    const place = stretchedIndex(kept, x.shape);
    const result = new Float64Array(product(shape)).fill(-Infinity);
    x.data.forEach((value, i) => (result[place[i]] = Math.max(result[place[i]], value)));
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
  gather: ({ inputs, attributes: { axis } }) => {
    const [x, index] = inputs as [NdArray, NdArray];
    return pick(x.data, partsOf(x.shape, index.data, axis));
  },
  scatterAdd: ({ inputs, attributes: { axis }, shape }) => {
    const [values, index] = inputs as [NdArray, NdArray];
    const result = new Float64Array(product(shape));
    partsOf(shape, index.data, axis).forEach((place, i) => (result[place] += values.data[i]));
    return result;
  },
  largestPlaces: ({ inputs: [x], attributes: { k }, shape }) => {
    const width = x.shape.at(-1)!;
    const result = new Float64Array(product(shape));
    for (let row = 0; row * k < result.length; row++) {
      const values = x.data.subarray(row * width, (row + 1) * width);
      const order = Array.from(values, (_, i) => i).sort((a, b) => values[b] - values[a] || a - b);
      result.set(order.slice(0, k), row * k);
    }
    return result;
  },
  takeAlong: ({ inputs }) => {
    const [x, index] = inputs as [NdArray, NdArray];
    return pick(x.data, placesAlong(index, x.shape.at(-1)!));
  },
  putAlong: ({ inputs, attributes: { length }, shape }) => {
    const [values, index] = inputs as [NdArray, NdArray];
    const result = new Float64Array(product(shape));
    placesAlong(index, length).forEach((place, i) => (result[place] += values.data[i]));
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

/** The matrices behind the leading axes, repeated along these by numpy's rule. */
function matricesOf({ shape, data }: NdArray, lead: readonly number[]): NdArray[] {
  const matrix = shape.slice(-2);
  const size = product(matrix);
  return Array.from(stretchedIndex(shape.slice(0, -2), lead), (at) => ({
    shape: matrix,
    data: data.subarray(at * size, (at + 1) * size),
  }));
}

function multiply(a: NdArray, b: NdArray, result: Float64Array): void {
  const [rows, inner] = a.shape as [number, number];
  const columns = b.shape[1];
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = a.data[i * inner + k];
      for (let j = 0; j < columns; j++) result[i * columns + j] += factor * b.data[k * columns + j];
    }
  }
}

/** Where the parts of a tensor lie that are numbered along an axis, in their order. */
function partsOf(shape: readonly number[], numbers: Float64Array, axis: number): Int32Array {
  const behind = product(shape.slice(axis + 1));
  const length = shape[axis];
  const before = product(shape.slice(0, axis));
  const result = new Int32Array(before * numbers.length * behind);
  let at = 0;
  for (let i = 0; i < before; i++)
    for (const part of numbers)
      for (let j = 0; j < behind; j++) result[at++] = (i * length + part) * behind + j;
  return result;
}

function placesAlong(index: NdArray, length: number): Int32Array {
  const width = index.shape.at(-1)!;
  return Int32Array.from(index.data, (place, i) => Math.floor(i / width) * length + place);
}

function toEven(x: number): number {
  const nearest = Math.round(x);
  return nearest - x === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
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
