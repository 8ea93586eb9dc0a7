import {
  broadcastTo,
  constant,
  indexConstant,
  reshape,
  scalar,
  where,
  type Shape,
  type Tensor,
} from '../../../graph/index.js';
import { allPlaces } from '../chosen.js';
import { readInitializer } from '../initializer.js';
import { countOf, lengthOf } from '../lengths.js';
import type { NodeReader, ReadForms } from '../node-reader.js';
import { lengths, type Value } from '../values.js';

/** Constants, given or made of lengths, and what is known of them. */
export const constantForms: ReadForms = {
  Constant: readConstant,
  ConstantOfShape: readConstantOfShape,
  Range: readRange,
  Size: readSize,
  NonZero: readNonZero,
  EyeLike: readEye,
  Trilu: readTriangle,
  OneHot: readOneHot,
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
  return broadcastTo(reshape(indexConstant(fill.dims as number[], [1]), []), dims);
}

function readSize(node: NodeReader): Value {
  const value = node.value(0);
  const dims: Shape = value.op === 'lengths' ? value.shape : node.tensor(0).shape;
  return lengths([lengthOf(node, dims)], []);
}

/** Places of what is not zero, one list for each axis. */
function readNonZero(node: NodeReader): Value {
  const known = node.constant(0);
  if (!known) {
    node.chosenHere = { mask: node.real(0), kind: 'elements' };
    return allPlaces(node, node.real(0));
  }
  const found = [...known.data.keys()].filter((at) => known.data[at] !== 0);
  const strides = known.shape.map((_, axis) => countOf(known.shape.slice(axis + 1)));
  const places = known.shape.flatMap((length, axis) =>
    found.map((at) => Math.floor(at / strides[axis]) % length),
  );
  return lengths(places, [known.shape.length, found.length]);
}

function readEye(node: NodeReader): Tensor {
  const { shape } = node.tensor(0);
  const [rows, columns] = shape;
  if (typeof rows !== 'number' || typeof columns !== 'number')
    throw node.bad('has an axis of unknown length');
  const offset = node.int('k', 0);
  const one = (at: number) => (at % columns === Math.floor(at / columns) + offset ? 1 : 0);
  return constant(
    Array.from({ length: rows * columns }, (_, at) => one(at)),
    [rows, columns],
  );
}

/** What lies above or below a diagonal of the last two axes, zeros elsewhere. */
function readTriangle(node: NodeReader): Tensor {
  const x = node.real(0);
  const [rows, columns] = x.shape.slice(-2);
  if (typeof rows !== 'number' || typeof columns !== 'number')
    throw node.bad('has an axis of unknown length');
  const offset = node.optional(1) ? node.numbers(node.lengths(1))[0] : 0;
  const upper = node.int('upper', 1) !== 0;
  const mask = Array.from({ length: rows * columns }, (_, at) => {
    const beyond = (at % columns) - Math.floor(at / columns) - offset;
    return (upper ? beyond >= 0 : beyond <= 0) ? 1 : 0;
  });
  return where(constant(mask, [rows, columns]), x, 0);
}

/** Whole numbers, or real ones where all three are. */
function readRange(node: NodeReader): Value {
  const parts = [0, 1, 2].map((at) => node.constant(at)?.data[0]);
  if (!parts.every((part) => part !== undefined)) throw node.bad('counts to a length that is not known');
  const [start, limit, step] = parts;
  const length = Math.max(Math.ceil((limit - start) / step), 0);
  node.context.budget.expectRoom(length);
  const numbers = Array.from({ length }, (_, i) => start + i * step);
  return node.values().every((value) => value.op === 'lengths')
    ? lengths(numbers)
    : constant(numbers, [length]);
}

function readOneHot(node: NodeReader): Tensor {
  const at = node.constant(0);
  const depth = node.constant(1)?.data[0];
  const values = node.constant(2)?.data;
  const axis = node.int('axis', -1);
  if (!at || depth === undefined || !values) throw node.bad('marks places that it computes of its inputs');
  if (axis !== -1 && axis !== at.shape.length)
    throw node.bad('marks places along another axis than the last');
  node.context.budget.expectRoom(at.data.length * depth);
  const rows = [...at.data].flatMap((place) =>
    Array.from({ length: depth }, (_, i) => values[i === (place < 0 ? place + depth : place) ? 1 : 0]),
  );
  return constant(rows, [...at.shape, depth]);
}
