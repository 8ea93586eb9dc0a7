import {
  abs,
  add,
  div,
  exp,
  log,
  maximum,
  minimum,
  mul,
  reduceMean,
  reduceSum,
  slice,
  softmax,
  sqrt,
  square,
  stopGradient,
  sub,
  type Tensor,
} from '../graph/index.js';
import { shortest } from './read-elementwise.js';
import type { ReadForm, ReadForms } from './read-forms.js';
import type { NodeReader } from './read-node.js';
import { swapWithLast } from './read-select.js';
import { lengths } from './read-values.js';

type Reduce = (x: Tensor, axes: readonly number[] | undefined, keepDims: boolean) => Tensor;

const reduction =
  (reduce: Reduce): ReadForm =>
  (node) => {
    const x = node.tensor(0);
    const axes = node.axes(1, x.shape.length);
    const none = axes === undefined || axes.length === 0;
    if (none && node.int('noop_with_empty_axes', 0) !== 0) return x;
    return reduce(x, none ? undefined : axes, node.int('keepdims', 1) !== 0);
  };

/** Reductions and normalisations over axes, and what is built of them. */
export const reductionForms: ReadForms = {
  ReduceSum: reduction(reduceSum),
  ReduceMean: reduction(reduceMean),
  ReduceSumSquare: reduction((x, ...rest) => reduceSum(square(x), ...rest)),
  ReduceL1: reduction((x, ...rest) => reduceSum(abs(x), ...rest)),
  ReduceL2: reduction((x, ...rest) => sqrt(reduceSum(square(x), ...rest))),
  ReduceLogSum: reduction((x, ...rest) => log(reduceSum(x, ...rest))),
  ReduceLogSumExp: reduction(logSumExp),
  ReduceMax: reduction((x, axes, keepDims) => fold(x, axes, keepDims, maximum)),
  ReduceMin: reduction((x, axes, keepDims) => fold(x, axes, keepDims, minimum)),
  ReduceProd: (node) => {
    const value = node.value(0);
    if (value.op === 'lengths') return lengths(value.dims, []);
    return reduction((x, axes, keepDims) => fold(x, axes, keepDims, mul))(node);
  },
  Softmax: (node) => alongLast(node, softmax),
  LogSoftmax: (node) => alongLast(node, (x) => sub(x, logSumExp(x, [x.shape.length - 1], true))),
  LayerNormalization: readLayerNormalization,
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
  const largest = stopGradient(fold(x, axes, true, maximum));
  const sum = log(reduceSum(exp(sub(x, largest)), axes, keepDims));
  return add(sum, keepDims ? largest : reduceSum(largest, axes, false));
}

/** Before operator set 13 an axis stood for itself and all behind it, of a matrix the same. */
function alongLast(node: NodeReader, build: (x: Tensor) => Tensor): Tensor {
  const x = node.tensor(0);
  const last = x.shape.length - 1;
  const given = node.int('axis', node.context.opset < 13 ? 1 : -1);
  const axis = given < 0 ? given + last + 1 : given;
  if (!(axis >= 0 && axis <= last)) throw node.bad(`is along axis ${given} of ${last + 1}`);
  if (axis === last) return build(x);
  if (node.context.opset < 13) throw node.bad('is not along the last axis');
  return swapWithLast(build(swapWithLast(x, axis)), axis);
}

/** Over the given axis and all behind it: (x − mean)/√(variance + ε)·scale + bias. */
function readLayerNormalization(node: NodeReader): Tensor {
  const x = node.tensor(0);
  const given = node.int('axis', -1);
  const first = given < 0 ? given + x.shape.length : given;
  const axes = x.shape.map((_, i) => i).slice(first);
  const centred = sub(x, reduceMean(x, axes, true));
  const variance = reduceMean(square(centred), axes, true);
  const unit = div(centred, sqrt(add(variance, shortest(node.float('epsilon', 1e-5)))));
  const scaled = mul(unit, node.tensor(1));
  return node.optional(2) ? add(scaled, node.tensor(2)) : scaled;
}
