import type { Op, Shape, Tensor, TensorOf } from '../../graph/index.js';
import {
  atanInDouble,
  cosInDouble,
  eluInDouble,
  erfInDouble,
  leakyReluInDouble,
  softplusInDouble,
} from './double-forms.js';
import type { Emitter } from './emitter.js';
import { DataType, dataType, type AttributeValues } from '../proto/index.js';

/**
 * Writes an op as ONNX nodes (opset 17) reading the named inputs; returns the name of the result, which is
 * `output` where one is asked for.
 */
type OnnxForm<O extends Op> = (
  e: Emitter,
  y: TensorOf<O>,
  inputs: readonly string[],
  output?: string,
) => string;

const plain =
  (opType: string, attributes: AttributeValues = {}): OnnxForm<Op> =>
  (e, _, inputs, output) =>
    e.node(opType, inputs, attributes, output);

/** The ONNX form of every op. */
export const opForms: { [O in Op]: OnnxForm<O> } = {
  input: (_, y) => y.name!,
  constant: (e, y) => {
    const { values, shape, kind } = y.attributes;
    return e.initializer(dataType(kind, e.precision), values, shape as number[], y.name);
  },
  size: (e, y, _, output) => {
    const count = e.node('ReduceProd', [e.shape(y.attributes.shape)], { keepdims: 0 });
    return e.node('Cast', [count], { to: dataType('real', e.precision) }, output);
  },

  neg: plain('Neg'),
  exp: plain('Exp'),
  log: plain('Log'),
  sqrt: plain('Sqrt'),
  abs: plain('Abs'),
  sign: plain('Sign'),
  sin: plain('Sin'),
  cos: (e, _, [x], output) =>
    e.precision === 'double' ? cosInDouble(e, x, output) : e.node('Cos', [x], {}, output),
  tanh: plain('Tanh'),
  sigmoid: plain('Sigmoid'),
  relu: plain('Relu'),
  leakyRelu: (e, { attributes: { alpha } }, [x], output) =>
    e.precision === 'double'
      ? leakyReluInDouble(e, x, alpha, output)
      : e.node('LeakyRelu', [x], { alpha: { float: alpha } }, output),
  elu: (e, { attributes: { alpha } }, [x], output) =>
    e.precision === 'double'
      ? eluInDouble(e, x, alpha, output)
      : e.node('Elu', [x], { alpha: { float: alpha } }, output),
  softplus: (e, _, [x], output) =>
    e.precision === 'double' ? softplusInDouble(e, x, output) : e.node('Softplus', [x], {}, output),
  erf: (e, _, [x], output) =>
    e.precision === 'double' ? erfInDouble(e, x, output) : e.node('Erf', [x], {}, output),
  atan: (e, _, [x], output) =>
    e.precision === 'double' ? atanInDouble(e, x, output) : e.node('Atan', [x], {}, output),
  floor: plain('Floor'),
  round: plain('Round'),
  clip: (e, y, [x], output) => {
    const limits = [y.attributes.low, y.attributes.high].map((limit) =>
      Number.isFinite(limit) ? e.real([limit], []) : '',
    );
    return e.node('Clip', [x, ...(limits[1] === '' ? limits.slice(0, 1) : limits)], {}, output);
  },
  pow: (e, y, [x], output) => e.node('Pow', [x, e.real([y.attributes.exponent], [])], {}, output),
  stopGradient: plain('Identity'),

  add: plain('Add'),
  sub: plain('Sub'),
  mul: plain('Mul'),
  div: plain('Div'),
  power: plain('Pow'),
  maximum: plain('Max'),
  minimum: plain('Min'),
  greater: (e, _, inputs, output) =>
    e.node('Cast', [e.node('Greater', inputs)], { to: dataType('real', e.precision) }, output),
  where: (e, _, [mask, a, b], output) =>
    e.node('Where', [e.node('Cast', [mask], { to: DataType.BOOL }), a, b], {}, output),
  softmax: plain('Softmax', { axis: -1 }),

  matmul: (e, y, inputs, output) => {
    const { transposeA, transposeB } = y.attributes;
    if (!transposeA && !transposeB) return e.node('MatMul', inputs, {}, output);
    if (y.inputs.some((x) => x.shape.length > 2)) return stackedProduct(e, y, inputs, output);
    return e.node('Gemm', inputs, gemmFlags(y), output);
  },
  reduceSum: (e, y, [x], output) => {
    const { axes, keepDims } = y.attributes;
    if (sumsRows(y)) return sumRows(e, y, x, output);
    return e.node('ReduceSum', [x, e.int64(axes)], { keepdims: keepDims ? 1 : 0 }, output);
  },
  reduceMax: (e, y, [x], output) => {
    const { axes, keepDims } = y.attributes;
    if (axes.length === 0) return e.node('Identity', [x], {}, output);
    const keepdims = keepDims ? 1 : 0;
    // the axes became an input with operator set 18
    return e.opset < 18
      ? e.node('ReduceMax', [x], { axes, keepdims }, output)
      : e.node('ReduceMax', [x, e.int64(axes)], { keepdims }, output);
  },
  transpose: (e, y, inputs, output) =>
    e.node('Transpose', inputs, { perm: y.attributes.permutation }, output),
  reshape: (e, y, [x], output) => e.node('Reshape', [x, targetShape(e, y.shape)], {}, output),
  broadcastTo: (e, y, [x], output) => e.node('Expand', [x, e.shape(y.shape)], {}, output),
  concat: (e, y, inputs, output) => e.node('Concat', inputs, { axis: y.attributes.axis }, output),
  slice: (e, y, [x], output) => {
    const { axis, start, end } = y.attributes;
    return e.node('Slice', [x, e.int64([start]), e.int64([end]), e.int64([axis])], {}, output);
  },
  pad: (e, y, [x], output) => {
    const { axis, before, after } = y.attributes;
    const pads = [before, after].flatMap((count) => y.shape.map((_, i) => (i === axis ? count : 0)));
    return e.node('Pad', [x, e.int64(pads)], {}, output);
  },
  gather: (e, y, inputs, output) => e.node('Gather', inputs, { axis: y.attributes.axis }, output),
  scatterAdd: (e, y, [values, index], output) => {
    const { axis } = y.attributes;
    const count = y.inputs[1].shape.length;
    const front = toFront(y.inputs[0].shape.length, axis, count);
    const inFront = axis === 0 ? values : e.node('Transpose', [values], { perm: front });
    const shape = toFront(y.shape.length, axis, 1).map((from) => y.shape[from]);
    const zeros = e.node('Expand', [e.real([0], []), e.shape(shape)]);
    const wide = e.node('Cast', [index], { to: DataType.INT64 });
    const places = e.node('Unsqueeze', [wide, e.int64([-1])]);
    const scattered = [zeros, places, inFront];
    if (axis === 0) return e.node('ScatterND', scattered, { reduction: 'add' }, output);
    const back = inverse(toFront(y.shape.length, axis, 1));
    return e.node(
      'Transpose',
      [e.node('ScatterND', scattered, { reduction: 'add' })],
      { perm: back },
      output,
    );
  },
  largestPlaces: (e, y, [x], output) => {
    const places = e.secondOf('TopK', [x, e.int64([y.attributes.k])], { axis: -1 });
    return e.node('Cast', [places], { to: dataType('index', e.precision) }, output);
  },
  takeAlong: plain('GatherElements', { axis: -1 }),
  putAlong: (e, y, [values, index], output) => {
    const zeros = e.node('Expand', [e.real([0], []), e.shape(y.shape)]);
    return e.node('ScatterElements', [zeros, index, values], { axis: -1, reduction: 'add' }, output);
  },
};

/** The op's ONNX form, its inputs written before. */
export function writeOp(e: Emitter, tensor: Tensor, output?: string): string {
  const form = opForms[tensor.op] as OnnxForm<Op>;
  return form(
    e,
    tensor,
    tensor.inputs.map((input) => e.nameOf(input)),
    output,
  );
}

export function gemmFlags(y: TensorOf<'matmul'>): AttributeValues {
  const { transposeA, transposeB } = y.attributes;
  return { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 };
}

/** Gemm is for two axes only. */
function stackedProduct(
  e: Emitter,
  y: TensorOf<'matmul'>,
  inputs: readonly string[],
  output?: string,
): string {
  const { transposeA, transposeB } = y.attributes;
  const turned = y.inputs.map((x, i) => {
    if (!(i === 0 ? transposeA : transposeB)) return inputs[i];
    // ONNX Runtime fuses Transpose and MatMul into an operator that some of its releases have for float32 only
    if (e.precision === 'double') return e.node('Einsum', [inputs[i]], { equation: '...ab->...ba' });
    const order = x.shape.map((_, axis) => axis);
    return e.node('Transpose', [inputs[i]], {
      perm: [...order.slice(0, -2), order.length - 1, order.length - 2],
    });
  });
  return e.node('MatMul', turned, {}, output);
}

/** The order of axes with `count` of them, from an axis on, before all others. */
function toFront(rank: number, axis: number, count: number): number[] {
  const axes = Array.from({ length: rank }, (_, i) => i);
  return [...axes.slice(axis, axis + count), ...axes.slice(0, axis), ...axes.slice(axis + count)];
}

const inverse = (order: readonly number[]): number[] => order.map((_, axis) => order.indexOf(axis));

/** One axis of unknown length is what ONNX writes as −1, which needs no nodes. */
function targetShape(e: Emitter, shape: Shape): string {
  const named = shape.filter((dim) => typeof dim === 'string');
  if (named.length !== 1 || shape.includes(0)) return e.shape(shape);
  return e.int64(shape.map((dim) => (typeof dim === 'string' ? -1 : dim)));
}

function sumsRows(y: TensorOf<'reduceSum'>): boolean {
  const [x] = y.inputs as [Tensor];
  return (
    x.shape.length === 2 &&
    y.attributes.axes.join() === '0' &&
    x.shape.every((dim) => typeof dim === 'number')
  );
}

/** A product with a row of ones: measured faster than ReduceSum for the bias gradients of a batch. */
function sumRows(e: Emitter, y: TensorOf<'reduceSum'>, x: string, output?: string): string {
  const [rows, columns] = y.inputs[0].shape as [number, number];
  const ones = e.ones(rows);
  if (y.attributes.keepDims) return e.node('MatMul', [ones, x], {}, output);
  return e.node('Reshape', [e.node('MatMul', [ones, x]), e.int64([columns])], {}, output);
}
