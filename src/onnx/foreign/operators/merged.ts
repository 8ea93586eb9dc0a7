import type { Dim, Shape } from '../../../graph/index.js';
import type { NodeReader } from '../read-node.js';

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
