import {
  abs,
  add,
  constantValue,
  div,
  exp,
  log,
  mul,
  neg,
  reduceMax,
  reduceMean,
  reduceSum,
  reshape,
  slice,
  softmax,
  sqrt,
  square,
  stopGradient,
  sub,
  type Tensor,
} from '../../../graph/index.js';
import { hasNames } from '../lengths.js';
import { shortest, type NodeReader, type ReadForm, type ReadForms } from '../node-reader.js';
import { swapWithLast } from './select.js';
import { lengths, type Lengths } from '../values.js';

type Reduce = (x: Tensor, axes: readonly number[] | undefined, keepDims: boolean) => Tensor;

const reduction =
  (reduce: Reduce): ReadForm =>
  (node) => {
    const value = node.value(0);
    const x = node.real(0);
    const axes = node.axes(1, x.shape.length);
    const none = axes === undefined || axes.length === 0;
    if (none && node.int('noop_with_empty_axes', 0) !== 0) return value;
    const reduced = reduce(x, none ? undefined : axes, node.int('keepdims', 1) !== 0);
    return value.op === 'lengths' ? wholeOf(node, reduced) : reduced;
  };

/** What is reduced of whole numbers is one. */
function wholeOf(node: NodeReader, x: Tensor): Lengths {
  const known = constantValue(x);
  if (!known) throw node.bad('computes with the length of an axis that is not known');
  return lengths([...known.data].map(Math.trunc), known.shape);
}

/** Reductions and normalisations over axes, and what is built of them. */
export const reductionForms: ReadForms = {
  ReduceSum: reduction(reduceSum),
  ReduceMean: reduction(reduceMean),
  ReduceSumSquare: reduction((x, ...rest) => reduceSum(square(x), ...rest)),
  ReduceL1: reduction((x, ...rest) => reduceSum(abs(x), ...rest)),
  ReduceL2: reduction((x, ...rest) => sqrt(reduceSum(square(x), ...rest))),
  ReduceLogSum: reduction((x, ...rest) => log(reduceSum(x, ...rest))),
  ReduceLogSumExp: reduction(logSumExp),
  ReduceMax: reduction(reduceMax),
  ReduceMin: reduction((x, ...rest) => neg(reduceMax(neg(x), ...rest))),
  ReduceProd: (node) => {
    const value = node.value(0);
    if (value.op === 'lengths' && hasNames(value)) return lengths(value.dims, []);
    return reduction((x, axes, keepDims) => fold(x, axes, keepDims, mul))(node);
  },
  Softmax: (node) => alongLast(node, softmax),
  LogSoftmax: (node) => alongLast(node, (x) => sub(x, logSumExp(x, [x.shape.length - 1], true))),
  LayerNormalization: readLayerNormalization,
  InstanceNormalization: readInstanceNormalization,
  GroupNormalization: readGroupNormalization,
  LpNormalization: readLpNormalization,
};

/** Element after element along an axis of known length. */
function fold(
  x: Tensor,
  axes: readonly number[] | undefined,
  keepDims: boolean,
  pair: (a: Tensor, b: Tensor) => Tensor,
): Tensor {
  const over = axes ?? x.shape.map((_, i) => i);
  const folded = over.reduce((rest, axis) => {
    const parts = Array.from({ length: Number(rest.shape[axis]) }, (_, i) => slice(rest, axis, i, i + 1));
    return parts.length === 0 ? rest : parts.reduce(pair);
  }, x);
  return reduceSum(folded, over, keepDims);
}

/** m + log Σ exp(x − m) with the largest x as m, so that nothing overflows. */
function logSumExp(x: Tensor, axes: readonly number[] | undefined, keepDims: boolean): Tensor {
  const largest = stopGradient(reduceMax(x, axes, true));
  const sum = log(reduceSum(exp(sub(x, largest)), axes, keepDims));
  return add(sum, keepDims ? largest : reduceSum(largest, axes, false));
}

/** Before operator set 13 an axis stood for itself and all behind it, of a matrix the same. */
function alongLast(node: NodeReader, build: (x: Tensor) => Tensor): Tensor {
  const x = node.tensor(0);
  const last = x.shape.length - 1;
  const axis = node.axis(x.shape.length, node.context.opset < 13 ? 1 : -1);
  if (axis === last) return build(x);
  if (node.context.opset < 13) throw node.bad('is not along the last axis');
  return swapWithLast(build(swapWithLast(x, axis)), axis);
}

/** Over the given axis and all behind it: (x − mean)/√(variance + ε)·scale + bias. */
function readLayerNormalization(node: NodeReader): Tensor {
  const x = node.tensor(0);
  const first = node.axis(x.shape.length, -1);
  const axes = x.shape.map((_, i) => i).slice(first);
  const scaled = mul(standardised(node, x, axes), node.tensor(1));
  return node.optional(2) ? add(scaled, node.tensor(2)) : scaled;
}

/** (x − mean)/√(variance + ε) over some axes. */
function standardised(node: NodeReader, x: Tensor, axes: readonly number[]): Tensor {
  const centred = sub(x, reduceMean(x, axes, true));
  const variance = reduceMean(square(centred), axes, true);
  return div(centred, sqrt(add(variance, shortest(node.float('epsilon', 1e-5)))));
}

/** A scale and a shift for each of the channels of axis 1. */
function ofChannels(node: NodeReader, x: Tensor, unit: Tensor): Tensor {
  const along = (part: Tensor) => reshape(part, [part.shape[0], ...x.shape.slice(2).map(() => 1)]);
  return add(mul(unit, along(node.tensor(1))), along(node.tensor(2)));
}

/** Each channel of each frame over the axes behind. */
function readInstanceNormalization(node: NodeReader): Tensor {
  const x = node.tensor(0);
  const axes = x.shape.map((_, i) => i).slice(2);
  return ofChannels(node, x, standardised(node, x, axes));
}

/** Groups of channels, over these and the axes behind; before operator set 21 scale and shift were by group. */
function readGroupNormalization(node: NodeReader): Tensor {
  const x = node.tensor(0);
  const groups = node.int('num_groups', 1);
  const [n, ...behind] = x.shape;
  if (!behind.every((dim) => typeof dim === 'number')) throw node.bad('has an axis of unknown length');
  const grouped = reshape(x, [n, groups, behind.reduce((a, b) => a * b, 1) / groups]);
  const unit = standardised(node, grouped, [2]);
  if (node.context.opset < 21) return reshape(ofChannels(node, grouped, unit), x.shape);
  return ofChannels(node, x, reshape(unit, x.shape));
}

/** x/‖x‖ along an axis, the norm being the sum of magnitudes or Euclid's. */
function readLpNormalization(node: NodeReader): Tensor {
  const x = node.tensor(0);
  const axes = [node.axis(x.shape.length, -1)];
  const norm =
    node.int('p', 2) === 1 ? reduceSum(abs(x), axes, true) : sqrt(reduceSum(square(x), axes, true));
  return div(x, norm);
}
