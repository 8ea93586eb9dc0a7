import {
  constant,
  largestPlaces,
  matmul,
  neg,
  reshape,
  takeAlong,
  type Tensor,
} from '../../../graph/index.js';
import type { NodeReader, ReadForms } from '../node-reader.js';
import { toLast } from './scatter.js';

/** What goes by the order of values, or along an axis one after the other. */
export const orderForms: ReadForms = {
  TopK: readTopK,
  ArgMax: (node) => readExtreme(node, (x) => x),
  ArgMin: (node) => readExtreme(node, neg),
  CumSum: readCumulative,
};

/** The k largest or smallest along an axis, in order, and their places. */
function readTopK(node: NodeReader): Tensor[] {
  const x = node.tensor(0);
  const axis = node.axis(x.shape.length, -1);
  const k = node.optional(1) ? node.numbers(node.lengths(1))[0] : node.int('k', 0);
  const last = toLast(x, axis);
  const places = largestPlaces(node.int('largest', 1) !== 0 ? last : neg(last), k);
  return [toLast(takeAlong(last, places), axis), toLast(places, axis)];
}

function readExtreme(node: NodeReader, turn: (x: Tensor) => Tensor): Tensor {
  const x = node.tensor(0);
  const axis = node.axis(x.shape.length, 0);
  if (node.int('select_last_index', 0) !== 0) throw node.bad('takes the last of equal ones');
  const places = toLast(largestPlaces(turn(toLast(x, axis)), 1), axis);
  return node.int('keepdims', 1) !== 0 ? places : reshape(places, places.shape.toSpliced(axis, 1));
}

/** Sums of all up to each: a product with ones above the diagonal. */
function readCumulative(node: NodeReader): Tensor {
  const x = node.real(0);
  const axis = node.axisOf(node.numbers(node.lengths(1))[0], x.shape.length);
  const length = x.shape[axis];
  if (typeof length !== 'number') throw node.bad('sums along an axis of unknown length');
  node.context.budget.expectRoom(length ** 2);
  const [exclusive, reverse] = [node.int('exclusive', 0) !== 0, node.int('reverse', 0) !== 0];
  const counts = (from: number, to: number) =>
    (reverse ? from > to : from < to) || (from === to && !exclusive);
  const ones = Float64Array.from({ length: length ** 2 }, (_, i) =>
    counts(Math.floor(i / length), i % length) ? 1 : 0,
  );
  const last = toLast(x, axis);
  const rows = last.shape.length < 2 ? reshape(last, [1, length]) : last;
  return toLast(reshape(matmul(rows, constant(ones, [length, length])), last.shape), axis);
}
