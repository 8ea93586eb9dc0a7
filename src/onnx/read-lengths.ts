import { constant, size, type Dim, type Tensor } from '../graph/index.js';
import type { NodeReader } from './read-node.js';
import { lengths, type Lengths, type Value } from './read-values.js';

/** Arithmetic on int64 tensors: how exporters compute shapes. Some lengths are known only by their axis's name. */

export function allLengths(values: readonly Value[]): values is Lengths[] {
  return values.every((value) => value.op === 'lengths');
}

/** Element by element, a single number going with any other list. */
function combine(parts: readonly Lengths[], pick: (dims: Dim[]) => Dim): Lengths {
  const longest = parts.reduce((a, b) =>
    b.dims.length > a.dims.length || b.shape.length > a.shape.length ? b : a,
  );
  const dims = longest.dims.map((_, i) =>
    pick(parts.map((part) => part.dims[part.dims.length === 1 ? 0 : i])),
  );
  return lengths(dims, longest.shape);
}

/** Arithmetic of numbers; a name comes through only where nothing is done to it. */
export function arithmetic(node: NodeReader, parts: readonly Lengths[]): Lengths {
  const { opType } = node.proto;
  return combine(parts, (dims) => {
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
  Max: Math.max,
  Min: Math.min,
};

/** 1 where equal. A named length equals its own name only: exporters ask whether it is −1. */
export const equalLengths = (parts: readonly Lengths[]): Lengths =>
  combine(parts, ([a, b]) => (a === b ? 1 : 0));

export const chooseLengths = (parts: readonly Lengths[]): Lengths =>
  combine(parts, ([mask, a, b]) => (mask !== 0 ? a : b));

export function gatherLengths(node: NodeReader, { dims }: Lengths): Lengths {
  const index = node.lengths(1);
  const picked = index.dims.map((at) => dims[Number(at) < 0 ? Number(at) + dims.length : Number(at)]);
  if (picked.some((dim) => dim === undefined)) throw node.bad('reads a length that is not there');
  return lengths(picked, index.shape);
}

export function rangeOfLengths(node: NodeReader): Lengths {
  const [start, limit, step] = [0, 1, 2].map((i) => node.numbers(node.lengths(i))[0]);
  const count = Math.max(Math.ceil((limit - start) / step), 0);
  node.context.budget.expectRoom(count);
  return lengths(Array.from({ length: count }, (_, i) => start + i * step));
}

/** Cast to floating point. */
export function asReal({ dims, shape }: Lengths): Tensor {
  return dims.every((dim) => typeof dim === 'number') ? constant(dims, shape) : size(dims);
}
