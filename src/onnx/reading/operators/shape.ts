import {
  broadcastTo,
  concat,
  constant,
  pad,
  reshape,
  scalar,
  transpose,
  type Dim,
  type Shape,
  type Tensor,
} from '../../../graph/index.js';
import { DataType } from '../../proto/index.js';
import { truncate } from './inverse.js';
import { allLengths, countOf, hasNames, lengthOf } from '../lengths.js';
import type { NodeReader, ReadForms } from '../node-reader.js';
import { readGather, readSlice, readSplit } from './select.js';
import { asReal, lengths, type Lengths, type Value } from '../values.js';

/** Types, and operators that move numbers without changing them. */
export const shapeForms: ReadForms = {
  Slice: readSlice,
  Gather: readGather,
  Split: readSplit,
  Tile: readTile,
  Identity: (node) => node.value(0),
  Dropout: readDropout,
  Cast: readCast,
  CastLike: (node) => castTo(node, node.value(0), isReal(node.value(1)) ? DataType.FLOAT : DataType.INT64),
  Transpose: (node) => transpose(node.tensor(0), node.ints('perm')),
  Reshape: (node) => {
    const value = node.value(0);
    if (value.op === 'lengths' && hasNames(value))
      return lengths(value.dims, reshapedList(node, value.dims.length));
    const x = node.tensor(0);
    return reshape(x, resolveShape(x.shape, node.dims(1), node));
  },
  Flatten: readFlatten,
  Unsqueeze: readUnsqueeze,
  Squeeze: readSqueeze,
  Expand: readExpand,
  Concat: (node) => {
    const values = node.values();
    if (allLengths(values) && values.some(hasNames)) return lengths(values.flatMap((value) => value.dims));
    return concatenated(node, node.tensors(), node.int('axis', 0));
  },
  Pad: readPad,
  Shape: (node) => {
    const value = node.value(0);
    const dims: Shape = value.op === 'lengths' ? value.shape : node.tensor(0).shape;
    return lengths(dims.slice(node.int('start', 0), node.int('end', dims.length)));
  },
};

/** Parts without elements are left out: exporters join a shape from what may be empty. */
function concatenated(node: NodeReader, parts: readonly Tensor[], given: number): Tensor {
  const axis = node.axisOf(given, parts[0]?.shape.length ?? 0);
  const some = parts.filter(({ shape }) => shape[axis] !== 0);
  return some.length === 0 ? parts[0] : concat(some, axis);
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
  return castTo(node, node.value(0), node.int('to', 0));
}

/** Whether a value is of real numbers, or of truth values, which are such here. */
const isReal = (value: Value): boolean =>
  value.op !== 'lengths' && value.op !== 'whole' && value.op !== 'sequence' && value.kind === 'real';

function castTo(node: NodeReader, value: Value, to: DataType): Value {
  const real = to === DataType.FLOAT || to === DataType.DOUBLE;
  if (value.op === 'lengths') return to === DataType.BOOL ? truth(node, value) : real ? asReal(value) : value;
  if (value.op === 'sequence') throw node.bad('casts a sequence');
  if (value.op === 'whole') return real ? value.x : value;
  const whole = value.kind === 'index' || value.op === 'greater' || to === DataType.BOOL;
  if (real || whole) return value;
  const known = node.constant(0);
  if (!known) return { op: 'whole', x: truncate(value) };
  return lengths([...known.data].map(Math.trunc), known.shape);
}

const truth = (node: NodeReader, { shape, ...value }: Lengths): Tensor =>
  constant(
    node.numbers({ shape, ...value }).map((number) => (number !== 0 ? 1 : 0)),
    shape,
  );

function readFlatten(node: NodeReader): Tensor {
  const x = node.tensor(0);
  const given = node.int('axis', 1);
  const axis = given < 0 ? given + x.shape.length : given;
  return reshape(
    x,
    [x.shape.slice(0, axis), x.shape.slice(axis)].map((dims) => lengthOf(node, dims)),
  );
}

function readUnsqueeze(node: NodeReader): Value {
  const given = node.value(0);
  if (given.op === 'lengths' && hasNames(given)) return lengths(given.dims);
  const value = node.tensor(0);
  const count = (node.wholeNumbers(1, 'axes') ?? []).length;
  const axes = node.axes(1, value.shape.length + count) ?? [];
  const shape: Dim[] = [...value.shape];
  for (const axis of axes.sort((a, b) => a - b)) shape.splice(axis, 0, 1);
  return reshape(value, shape);
}

function readSqueeze(node: NodeReader): Value {
  const given = node.value(0);
  if (given.op === 'lengths' && hasNames(given)) return lengths(given.dims, []);
  const value = node.tensor(0);
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
  const axes = node.optional(3) ? node.numbers(node.lengths(3)) : x.shape.map((_, i) => i);
  const fill = node.optional(2);
  const zero = !fill || (fill.op === 'constant' && fill.attributes.values.every((value) => value === 0));
  if (node.text('mode', 'constant') !== 'constant' || !zero || node.float('value', 0) !== 0)
    throw node.bad('does not pad with zeros');
  return axes.reduce<Tensor>((padded, given, i) => {
    const [before, after] = [Number(pads[i]), Number(pads[i + axes.length])];
    return before === 0 && after === 0
      ? padded
      : pad(padded, node.axisOf(given, x.shape.length), before, after);
  }, x);
}

/** Each axis repeated so many times. */
function readTile(node: NodeReader): Tensor {
  const x = node.tensor(0);
  const repeats = node.dims(1);
  return x.shape.reduce<Tensor>((tiled, length, axis) => {
    const times = repeats[axis];
    if (times === 1) return tiled;
    const [before, behind] = [tiled.shape.slice(0, axis), tiled.shape.slice(axis + 1)];
    if (length === 1) return broadcastTo(tiled, [...before, times, ...behind]);
    if (typeof length !== 'number' || typeof times !== 'number')
      throw node.bad('repeats along an axis of unknown length');
    const split = reshape(tiled, [...before, 1, length, ...behind]);
    const wide = broadcastTo(split, [...before, times, length, ...behind]);
    return reshape(wide, [...before, times * length, ...behind]);
  }, x);
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
  const left = countOf(from) / countOf(others);
  if (names.length > 1 || (names.length === 1 && left !== 1))
    throw node.bad('has more than one unknown length');
  return shape.with(open, names[0] ?? left);
}

/** A number of frames that was fixed on export gives way to the axis that stands for any. */
function freeRows(from: Shape, target: readonly Dim[], node: NodeReader): readonly Dim[] {
  const { rows } = node.context;
  if (!rows || from[0] !== rows.free || target.includes(rows.free) || target[0] !== rows.fixed) return target;
  return [rows.free, ...target.slice(1)];
}
