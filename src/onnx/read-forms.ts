import {
  abs,
  add,
  broadcastTo,
  concat,
  cos,
  div,
  elu,
  exp,
  gather,
  greater,
  leakyRelu,
  log,
  matmul,
  maximum,
  minimum,
  mul,
  neg,
  pad,
  pow,
  reduceMean,
  reduceSum,
  relu,
  reshape,
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
  sub,
  tanh,
  transpose,
  where,
  type Dim,
  type Shape,
  type Tensor,
} from '../graph/index.js';
import { DataType } from './proto.js';
import type { NodeReader } from './read-node.js';
import { lengths, readInitializer, type Lengths, type Value } from './read-values.js';

/** Reads a node; one value per output. */
export type ReadForm = (node: NodeReader) => Value | readonly Value[];

const unary =
  (build: (x: Tensor) => Tensor): ReadForm =>
  (node) =>
    build(node.tensor(0));
const binary =
  (build: (a: Tensor, b: Tensor) => Tensor): ReadForm =>
  (node) =>
    build(node.tensor(0), node.tensor(1));
const folded =
  (build: (a: Tensor, b: Tensor) => Tensor): ReadForm =>
  (node) =>
    node.tensors().reduce((a, b) => build(a, b));

/** The ONNX operators we read: all that we write, and what exporters write for the same networks. */
export const readForms: Readonly<Record<string, ReadForm>> = {
  Constant: (node) => readInitializer(node.tensorAttribute('value')),
  Identity: (node) => node.value(0),
  Neg: unary(neg),
  Exp: unary(exp),
  Log: unary(log),
  Sqrt: unary(sqrt),
  Abs: unary(abs),
  Sign: unary(sign),
  Sin: unary(sin),
  Cos: unary(cos),
  Tanh: unary(tanh),
  Sigmoid: unary(sigmoid),
  Relu: unary(relu),
  Softplus: unary(softplus),
  LeakyRelu: (node) => leakyRelu(node.tensor(0), shortest(node.float('alpha', 0.01))),
  Elu: (node) => elu(node.tensor(0), shortest(node.float('alpha', 1))),
  Pow: (node) => {
    const power = node.tensor(1);
    if (power.op !== 'constant' || power.attributes.values.length !== 1)
      throw node.bad('has no constant exponent');
    const exponent = power.attributes.values[0];
    return exponent === 2 ? square(node.tensor(0)) : pow(node.tensor(0), exponent);
  },
  Softmax: (node) => {
    const x = node.tensor(0);
    const axis = node.int('axis', -1);
    if (axis !== -1 && axis !== x.shape.length - 1) throw node.bad('is not along the last axis');
    return softmax(x);
  },

  Add: binary(add),
  Sub: binary(sub),
  Mul: binary(mul),
  Div: binary(div),
  Max: folded(maximum),
  Min: folded(minimum),
  Greater: binary(greater),
  Where: (node) => where(node.tensor(0), node.tensor(1), node.tensor(2)),
  // Truth values are 0 and 1 here, so a cast changes nothing but what lengths become.
  Cast: (node) => {
    const value = node.value(0);
    const real = [DataType.FLOAT, DataType.DOUBLE].includes(node.int('to', 0));
    return value.op === 'lengths' && real ? size(value.dims) : value;
  },

  MatMul: (node) => matmul(node.tensor(0), node.tensor(1)),
  Gemm: (node) => {
    const flags = { transposeA: node.int('transA', 0) !== 0, transposeB: node.int('transB', 0) !== 0 };
    const product = scaled(matmul(node.tensor(0), node.tensor(1), flags), node.float('alpha', 1));
    return node.optional(2) ? add(product, scaled(node.tensor(2), node.float('beta', 1))) : product;
  },
  ReduceSum: (node) => {
    const x = node.tensor(0);
    return reduceSum(x, node.axes(1, x.shape.length), node.int('keepdims', 1) !== 0);
  },
  ReduceMean: (node) => {
    const x = node.tensor(0);
    return reduceMean(x, node.axes(1, x.shape.length), node.int('keepdims', 1) !== 0);
  },
  ReduceProd: (node) => lengths(node.dims(0), []),

  Transpose: (node) => transpose(node.tensor(0), node.ints('perm')),
  Reshape: (node) => {
    const x = node.tensor(0);
    return reshape(x, resolveShape(x.shape, node.dims(1), node));
  },
  Flatten: (node) => {
    const x = node.tensor(0);
    const axis = node.int('axis', 1);
    if (x.shape.length !== 2 || axis !== 1) throw node.bad('does not flatten a matrix');
    return x;
  },
  Unsqueeze: (node) => {
    const value = node.value(0);
    if (value.op === 'lengths') return lengths(value.dims);
    const axes = node.axes(1, value.shape.length + 1) ?? [];
    const shape: Dim[] = [...value.shape];
    for (const axis of axes) shape.splice(axis, 0, 1);
    return reshape(value, shape);
  },
  Squeeze: (node) => {
    const value = node.value(0);
    if (value.op === 'lengths') return lengths(value.dims, []);
    const axes = node.axes(1, value.shape.length) ?? value.shape.flatMap((dim, i) => (dim === 1 ? [i] : []));
    return reshape(
      value,
      value.shape.filter((_, i) => !axes.includes(i)),
    );
  },
  Expand: (node) => {
    const x = node.tensor(0);
    const target = node.dims(1);
    // A 1 in the target keeps the input's length.
    const lead = target.length - x.shape.length;
    return broadcastTo(
      x,
      target.map((dim, i) => (dim === 1 && i >= lead ? x.shape[i - lead] : dim)),
    );
  },
  Concat: (node) => {
    const axis = node.int('axis', 0);
    const values = node.proto.input.map((_, i) => node.value(i));
    if (values.every((value) => value.op === 'lengths'))
      return lengths(values.flatMap((value) => value.dims));
    return concat(node.tensors(), axis);
  },
  Slice: (node) => {
    const x = node.tensor(0);
    const [start, end] = [node.dims(1), node.dims(2)];
    const axes = node.axes(3, x.shape.length) ?? start.map((_, i) => i);
    if (node.optional(4) && node.dims(4).some((step) => step !== 1)) throw node.bad('has steps other than 1');
    return axes.reduce((rest, axis, i) => {
      const length = rest.shape[axis];
      const place = (at: Dim) => clamp(at, length, node);
      return slice(rest, axis, place(start[i]), place(end[i]));
    }, x);
  },
  Pad: (node) => {
    const x = node.tensor(0);
    const pads = node.dims(1);
    const fill = node.optional(2);
    const zero = !fill || (fill.op === 'constant' && fill.attributes.values.every((value) => value === 0));
    if (node.text('mode', 'constant') !== 'constant' || !zero) throw node.bad('does not pad with zeros');
    return x.shape.reduce<Tensor>((padded, _, axis) => {
      const [before, after] = [Number(pads[axis]), Number(pads[axis + x.shape.length])];
      return before === 0 && after === 0 ? padded : pad(padded, axis, before, after);
    }, x);
  },
  Split: (node) => {
    const x = node.tensor(0);
    const axis = node.int('axis', 0);
    const equal = (x.shape[axis] as number) / node.proto.output.length;
    const parts = node.optional(1) ? node.dims(1).map(Number) : node.proto.output.map(() => equal);
    let start = 0;
    return parts.map((length) => slice(x, axis, start, (start += length)));
  },
  Shape: (node) => {
    const { shape } = node.value(0);
    const end = node.int('end', shape.length);
    return lengths(shape.slice(node.int('start', 0), end));
  },
  Gather: (node) => {
    const value = node.value(0);
    const axis = node.int('axis', 0);
    if (value.op === 'lengths') return gatherLengths(value, node);
    if (axis !== 0) throw node.bad('does not gather rows');
    return gather(value, node.tensor(1));
  },
  ScatterND: (node) => {
    const [zeros, places, values] = node.tensors();
    const start = zeros.op === 'broadcastTo' ? zeros.inputs[0] : zeros;
    const empty = start.op === 'constant' && start.attributes.values.every((value) => value === 0);
    if (node.text('reduction', 'none') !== 'add' || !empty) throw node.bad('does not add rows to zeros');
    return scatterAdd(values, reshape(places, places.shape.slice(0, -1)), zeros.shape[0]);
  },
};

function scaled(x: Tensor, factor: number): Tensor {
  return factor === 1 ? x : mul(x, shortest(factor));
}

/** The number that was meant: attributes are float32, so 0.01 comes as 0.009999999776482582. */
function shortest(value: number): number {
  const short = Number(value.toPrecision(7));
  return Math.fround(short) === value ? short : value;
}

function clamp(at: Dim, length: Dim, node: NodeReader): number {
  if (typeof at === 'string' || typeof length === 'string')
    throw node.bad('slices an axis of unknown length');
  return Math.min(Math.max(at < 0 ? at + length : at, 0), length);
}

function gatherLengths({ dims }: Lengths, node: NodeReader): Lengths {
  const index = node.lengths(1);
  const picked = index.dims.map((at) => dims[Number(at) < 0 ? Number(at) + dims.length : Number(at)]);
  if (picked.some((dim) => dim === undefined)) throw node.bad('reads a length that is not there');
  return lengths(picked, index.shape);
}

/** ONNX's target shape with 0 (keep) and −1 (whatever is left) written out. */
function resolveShape(from: Shape, target: readonly Dim[], node: NodeReader): Dim[] {
  const shape = target.map((dim, i) => (dim === 0 ? from[i] : dim));
  const open = shape.indexOf(-1);
  if (open < 0) return shape;
  const others = shape.filter((_, i) => i !== open);
  const names = from.filter((dim) => typeof dim === 'string' && !others.includes(dim));
  const count = (dims: Shape) =>
    dims.reduce<number>((product, dim) => (typeof dim === 'number' ? product * dim : product), 1);
  const left = count(from) / count(others);
  if (names.length > 1 || (names.length === 1 && left !== 1))
    throw node.bad('has more than one unknown length');
  return shape.with(open, names[0] ?? left);
}
