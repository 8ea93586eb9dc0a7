import {
  broadcastShapes,
  broadcastTo,
  constantValue,
  indexConstant,
  type Dim,
  type Shape,
} from '../../graph/index.js';
import type { NodeReader } from './node-reader.js';
import { lengths, type Lengths, type Value } from './values.js';

/** Arithmetic on int64 tensors: how exporters compute shapes. Some lengths are known only by their axis's name. */

export function allLengths(values: readonly Value[]): values is Lengths[] {
  return values.every((value) => value.op === 'lengths');
}

/** Whether a list has names in it: what is done to others goes by way of tensors, in any shape. */
export const hasNames = ({ dims }: Lengths): boolean => dims.some((dim) => typeof dim === 'string');

/** Element by element, stretched by numpy's rule. */
function combine(node: NodeReader, parts: readonly Lengths[], pick: (dims: Dim[]) => Dim): Lengths {
  const shape = parts.reduce<readonly number[]>((all, part) => {
    const both = broadcastShapes(all, part.shape);
    if (typeof both === 'string') throw node.bad(`does not fit: ${both}`);
    return both as number[];
  }, []);
  const count = shape.reduce((a, b) => a * b, 1);
  node.context.budget.expectRoom(count * (parts.length + 1));
  const stretched = parts.map((part) => stretch(part, shape));
  return lengths(
    Array.from({ length: count }, (_, i) => pick(stretched.map((dims) => dims[i]))),
    shape,
  );
}

function stretch({ dims, shape }: Lengths, to: readonly number[]): readonly Dim[] {
  const places = indexConstant(
    dims.map((_, i) => i),
    shape,
  );
  return Array.from(constantValue(broadcastTo(places, to))!.data, (place) => dims[place]);
}

/** Arithmetic of numbers; a name comes through only where nothing is done to it. */
export function arithmetic(node: NodeReader, parts: readonly Lengths[]): Lengths {
  const { opType } = node.proto;
  return combine(node, parts, (dims) => {
    if (dims.every((dim) => typeof dim === 'number')) return dims.reduce((a, b) => numbersOf[opType](a, b));
    const [neutral] = opType === 'Add' || opType === 'Sub' ? [0] : [1];
    const others = dims.filter((dim) => dim !== neutral);
    const first = opType === 'Sub' || opType === 'Div' ? dims[0] === others[0] : true;
    if (others.length === 1 && first) return others[0];
    throw node.bad('computes with the length of an axis that is not known');
  });
}

const numbersOf: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => Math.trunc(a / b),
  /** The sign is the divisor's. */
  Mod: (a, b) => a - b * Math.floor(a / b),
  Pow: (a, b) => a ** b,
  Max: Math.max,
  Min: Math.min,
};

/** 1 where equal. A named length equals its own name only: exporters ask whether it is −1. */
export const equalLengths = (node: NodeReader, parts: readonly Lengths[]): Lengths =>
  combine(node, parts, ([a, b]) => (a === b ? 1 : 0));

export const chooseLengths = (node: NodeReader, parts: readonly Lengths[]): Lengths =>
  combine(node, parts, ([mask, a, b]) => (mask !== 0 ? a : b));

export function gatherLengths(node: NodeReader, { dims }: Lengths): Lengths {
  const index = node.lengths(1);
  const picked = index.dims.map((at) => dims[Number(at) < 0 ? Number(at) + dims.length : Number(at)]);
  if (picked.some((dim) => dim === undefined)) throw node.bad('reads a length that is not there');
  return lengths(picked, index.shape);
}

/** The product of the axes whose lengths are numbers. */
export const countOf = (dims: Shape): number =>
  dims.reduce<number>((product, dim) => (typeof dim === 'number' ? product * dim : product), 1);

/** Of axes merged: a number, or a name where nothing else is long. */
export function lengthOf(node: NodeReader, dims: Shape): Dim {
  const names = dims.filter((dim) => typeof dim === 'string');
  if (names.length === 0) return countOf(dims);
  if (names.length > 1 || countOf(dims) !== 1) throw node.bad('merges an axis of unknown length');
  return names[0];
}
