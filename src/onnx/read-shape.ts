import {
  broadcastTo,
  concat,
  constant,
  pad,
  reshape,
  scalar,
  scatterAdd,
  transpose,
  type Dim,
  type Shape,
  type Tensor,
} from '../graph/index.js';
import { DataType } from './proto.js';
import type { ReadForms } from './read-forms.js';
import { allLengths, asReal, rangeOfLengths } from './read-lengths.js';
import type { NodeReader } from './read-node.js';
import { readGather, readSlice, readSplit } from './read-select.js';
import { lengths, readInitializer, type Value } from './read-values.js';

/** Constants, types, and operators that move numbers without changing them. */
export const shapeForms: ReadForms = {
  Slice: readSlice,
  Gather: readGather,
  Split: readSplit,
  Constant: readConstant,
  ConstantOfShape: readConstantOfShape,
  Range: rangeOfLengths,
  Identity: (node) => node.value(0),
  Dropout: readDropout,
  Cast: readCast,
  CastLike: (node) => node.value(0),
  Transpose: (node) => transpose(node.tensor(0), node.ints('perm')),
  Reshape: (node) => {
    const value = node.value(0);
    if (value.op === 'lengths') return lengths(value.dims, reshapedList(node, value.dims.length));
    return reshape(value, resolveShape(value.shape, node.dims(1), node));
  },
  Flatten: readFlatten,
  Unsqueeze: readUnsqueeze,
  Squeeze: readSqueeze,
  Expand: readExpand,
  Concat: (node) => {
    const values = node.values();
    if (allLengths(values)) {
      node.context.budget.expectRoom(values.reduce((sum, { dims }) => sum + dims.length, 0));
      return lengths(values.flatMap((value) => value.dims));
    }
    return concat(node.tensors(), node.int('axis', 0));
  },
  Pad: readPad,
  Shape: (node) => {
    const value = node.value(0);
    const dims: Shape = value.shape;
    return lengths(dims.slice(node.int('start', 0), node.int('end', dims.length)));
  },
  ScatterND: readScatter,
};

function readConstant(node: NodeReader): Value {
  if (node.has('value_float')) return scalar(node.float('value_float', 0));
  if (node.has('value_int')) return lengths([node.int('value_int', 0)], []);
  const [reals, whole] = [node.floats('value_floats'), node.ints('value_ints')];
  if (reals) return constant(reals, [reals.length]);
  return whole ? lengths(whole) : readInitializer(node.tensorAttribute('value'));
}

function readConstantOfShape(node: NodeReader): Value {
  const dims = node.dims(0);
  const fill = node.has('value') ? readInitializer(node.tensorAttribute('value')) : scalar(0);
  if (fill.op !== 'lengths') return broadcastTo(reshape(fill, []), dims);
  const count = Number(dims[0] ?? 1);
  node.context.budget.expectRoom(count);
  return lengths(Array.from({ length: count }, () => fill.dims[0]));
}

/** In inference nothing is dropped. */
function readDropout(node: NodeReader): Tensor[] {
  const training = node.optional(2);
  const on = training?.op === 'constant' && training.attributes.values.some((value) => value !== 0);
  if (on) throw node.bad('is in training mode');
  const x = node.tensor(0);
  return [x, broadcastTo(scalar(1), x.shape)];
}

/** Truth values are 0 and 1 here, so a cast between them and numbers changes nothing. */
function readCast(node: NodeReader): Value {
  const value = node.value(0);
  const to = node.int('to', 0) as DataType;
  const real = to === DataType.FLOAT || to === DataType.DOUBLE;
  if (value.op === 'lengths') return real ? asReal(value) : value;
  const whole = value.kind === 'index' || value.op === 'greater' || to === DataType.BOOL;
  if (real || whole) return value;
  if (value.op !== 'constant') throw node.bad(`casts to ${DataType[to] ?? to}, which rounds`);
  return lengths([...value.attributes.values].map(Math.trunc), value.shape as number[]);
}

function readFlatten(node: NodeReader): Tensor {
  const x = node.tensor(0);
  const given = node.int('axis', 1);
  const axis = given < 0 ? given + x.shape.length : given;
  const behind = x.shape.slice(axis);
  if (axis !== 1 || !behind.every((dim) => typeof dim === 'number'))
    throw node.bad('does not flatten what is known of a frame');
  return reshape(x, [x.shape[0], behind.reduce((a, b) => a * b, 1)]);
}

function readUnsqueeze(node: NodeReader): Value {
  const value = node.value(0);
  if (value.op === 'lengths') return lengths(value.dims);
  const count = (node.wholeNumbers(1, 'axes') ?? []).length;
  const axes = node.axes(1, value.shape.length + count) ?? [];
  const shape: Dim[] = [...value.shape];
  for (const axis of axes.sort((a, b) => a - b)) shape.splice(axis, 0, 1);
  return reshape(value, shape);
}

function readSqueeze(node: NodeReader): Value {
  const value = node.value(0);
  if (value.op === 'lengths') return lengths(value.dims, []);
  const axes = node.axes(1, value.shape.length) ?? value.shape.flatMap((dim, i) => (dim === 1 ? [i] : []));
  return reshape(
    value,
    value.shape.filter((_, i) => !axes.includes(i)),
  );
}

function readExpand(node: NodeReader): Tensor {
  const x = node.tensor(0);
  const target = node.dims(1);
  // A 1 in the target keeps the input's length.
  const lead = target.length - x.shape.length;
  return broadcastTo(
    x,
    target.map((dim, i) => (dim === 1 && i >= lead ? x.shape[i - lead] : dim)),
  );
}

function readPad(node: NodeReader): Tensor {
  const x = node.tensor(0);
  const pads = node.wholeNumbers(1, 'pads') ?? [];
  const fill = node.optional(2);
  const zero = !fill || (fill.op === 'constant' && fill.attributes.values.every((value) => value === 0));
  if (node.text('mode', 'constant') !== 'constant' || !zero || node.float('value', 0) !== 0)
    throw node.bad('does not pad with zeros');
  return x.shape.reduce<Tensor>((padded, _, axis) => {
    const [before, after] = [Number(pads[axis]), Number(pads[axis + x.shape.length])];
    return before === 0 && after === 0 ? padded : pad(padded, axis, before, after);
  }, x);
}

function readScatter(node: NodeReader): Tensor {
  const [zeros, places, values] = node.tensors();
  const start = zeros.op === 'broadcastTo' ? zeros.inputs[0] : zeros;
  const empty = start.op === 'constant' && start.attributes.values.every((value) => value === 0);
  if (node.text('reduction', 'none') !== 'add' || !empty) throw node.bad('does not add rows to zeros');
  return scatterAdd(values, reshape(places, places.shape.slice(0, -1)), zeros.shape[0]);
}

/** A list of lengths stays a list, or becomes a single number. */
function reshapedList(node: NodeReader, count: number): number[] {
  const target = node.dims(1);
  if (target.length === 0 && count === 1) return [];
  if (target.length === 1 && (target[0] === -1 || target[0] === count)) return [count];
  throw node.bad('gives a list of lengths another shape');
}

/** ONNX's target shape with 0 (keep) and −1 (whatever is left) written out. */
function resolveShape(from: Shape, target: readonly Dim[], node: NodeReader): Dim[] {
  const kept = target.map((dim, i) => (dim === 0 ? from[i] : dim));
  const shape = [...freeRows(from, kept, node)];
  const open = shape.indexOf(-1);
  if (open < 0) return shape;
  const others = shape.filter((_, i) => i !== open);
  const names = from.filter((dim) => typeof dim === 'string' && !others.includes(dim));
  const left = count(from) / count(others);
  if (names.length > 1 || (names.length === 1 && left !== 1))
    throw node.bad('has more than one unknown length');
  return shape.with(open, names[0] ?? left);
}

const count = (dims: Shape): number =>
  dims.reduce<number>((product, dim) => (typeof dim === 'number' ? product * dim : product), 1);

/** A number of frames that was fixed on export gives way to the axis that stands for any. */
function freeRows(from: Shape, target: readonly Dim[], node: NodeReader): readonly Dim[] {
  const { rows } = node.context;
  if (!rows || from[0] !== rows.free || target.includes(rows.free) || target[0] !== rows.fixed) return target;
  return [rows.free, ...target.slice(1)];
}
