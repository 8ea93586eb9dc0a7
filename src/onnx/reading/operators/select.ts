import {
  concat,
  constant,
  gather,
  indexConstant,
  reshape,
  slice,
  transpose,
  type Dim,
  type Tensor,
} from '../../../graph/index.js';
import { gatherLengths } from '../lengths.js';
import type { NodeReader } from '../node-reader.js';
import { lengths, type Lengths, type Value } from '../values.js';

/** The operators that take elements of a tensor: Slice, Gather, Split. */

export function readSlice(node: NodeReader): Value {
  const given = node.value(0);
  const value = given.op === 'lengths' && given.shape.length === 1 ? given : node.tensor(0);
  const [starts, ends] = [node.wholeNumbers(1, 'starts'), node.wholeNumbers(2, 'ends')];
  if (!starts || !ends) throw node.bad('lacks its starts or ends');
  const rank = value.op === 'lengths' ? 1 : value.shape.length;
  const axes = node.axes(3, rank) ?? starts.map((_, i) => i);
  const steps = (node.optional(4) ? node.dims(4) : starts.map(() => 1)).map(Number);
  if (value.op === 'lengths') {
    const picked = places(node, starts[0], ends[0], steps[0], value.dims.length);
    return lengths(picked.map((i) => value.dims[i]));
  }
  return axes.reduce<Tensor>((rest, axis, i) => {
    const length = rest.shape[axis];
    if (typeof length === 'string' && takesAll(starts[i], ends[i], steps[i], length)) return rest;
    if (typeof length !== 'number') throw node.bad('slices an axis of unknown length');
    const wanted = places(node, starts[i], ends[i], steps[i], length);
    return wanted.length > 0 ? take(rest, axis, wanted) : nothing(rest, axis);
  }, value);
}

/** Of no elements along an axis. */
function nothing(x: Tensor, axis: number): Tensor {
  const empty = x.kind === 'index' ? indexConstant : constant;
  return reshape(empty([], [0]), x.shape.with(axis, 0));
}

/** From the first to the end, which exporters write as the largest number there is. */
const takesAll = (start: Dim, end: Dim, step: number, length: string): boolean =>
  start === 0 && step === 1 && (end === length || Number(end) >= 2 ** 31 - 1);

/** The places that start, end and step mean, negative ones counted from the end and all cut to what there is. */
function places(node: NodeReader, start: Dim, end: Dim, step: number, length: number): number[] {
  if (typeof start === 'string' || typeof end === 'string' || step === 0)
    throw node.bad('slices up to a length that is not known');
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const cut = (at: number) => Math.min(Math.max(at < 0 ? at + length : at, low), high);
  const [first, last] = [cut(start), cut(end)];
  const count = Math.max(Math.ceil((last - first) / step), 0);
  return Array.from({ length: count }, (_, i) => first + i * step);
}

/** A few slices are what the native evaluator takes; beyond that a choice by number is less work. */
const mostStretches = 8;

/** Starts and ends of runs of neighbours. */
function stretchesOf(wanted: readonly number[]): [number, number][] {
  const stretches: [number, number][] = [];
  for (const at of wanted) {
    const last = stretches.at(-1);
    if (last?.[1] === at) last[1] = at + 1;
    else stretches.push([at, at + 1]);
  }
  return stretches;
}

/** Elements along one axis, by number: one slice for each stretch of neighbours. */
export function take(x: Tensor, axis: number, wanted: readonly number[]): Tensor {
  const stretches = stretchesOf(wanted);
  const parts = stretches.map(([start, end]) =>
    start === 0 && end === x.shape[axis] ? x : slice(x, axis, start, end),
  );
  return parts.length === 1 ? parts[0] : concat(parts, axis);
}

export function readGather(node: NodeReader): Value {
  const list = node.value(0);
  if (list.op === 'lengths' && list.shape.length === 1) return gatherLengths(node, list);
  const value = node.tensor(0);
  const axis = node.axis(value.shape.length, 0);
  const index = node.value(1);
  if (index.op === 'lengths') return takeConstant(node, value, axis, index);
  return gather(value, node.tensor(1), axis);
}

function takeConstant(node: NodeReader, x: Tensor, axis: number, index: Lengths): Tensor {
  const length = x.shape[axis];
  if (typeof length !== 'number') return gatherRows(node, x, axis);
  const wanted = node.numbers(index).map((at) => (at < 0 ? at + length : at));
  const outside = wanted.find((at) => !(at >= 0 && at < length));
  if (outside !== undefined) throw node.bad(`takes element ${outside} of ${length}`);
  const shape = [...x.shape.slice(0, axis), ...index.shape, ...x.shape.slice(axis + 1)];
  const scattered = stretchesOf(wanted).length > mostStretches;
  if (scattered) return gather(x, indexConstant(wanted, index.shape), axis);
  return reshape(take(x, axis, wanted), shape);
}

function gatherRows(node: NodeReader, x: Tensor, axis: number): Tensor {
  if (axis !== 0) throw node.bad('gathers along an axis of unknown length');
  return gather(x, node.tensor(1));
}

/** Sizes of the parts: given, or equal but for the last. */
export function readSplit(node: NodeReader): Tensor[] {
  const x = node.tensor(0);
  const axis = node.axis(x.shape.length, 0);
  const length = x.shape[axis];
  if (typeof length !== 'number') throw node.bad('splits an axis of unknown length');
  const count = node.proto.output.length;
  const part = Math.ceil(length / count);
  const sizes = node.wholeNumbers(1, 'split')?.map(Number);
  if (sizes && sizes.reduce((sum, size) => sum + size, 0) !== length)
    throw node.bad(`splits ${length} elements into ${sizes.join(', ')}`);
  const parts = sizes ?? node.proto.output.map(() => part);
  let start = 0;
  return parts.map((size) => slice(x, axis, start, (start = Math.min(start + size, length))));
}

/** The tensor with its last axis and this one exchanged. */
export function swapWithLast(x: Tensor, axis: number): Tensor {
  const order = x.shape.map((_, i) => i);
  [order[axis], order[order.length - 1]] = [order.length - 1, axis];
  return transpose(x, order);
}
