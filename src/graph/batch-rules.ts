import { makeTensor } from './make-tensor.js';
import { elementwiseOps, pairwiseOps, rowsOf } from './op-groups.js';
import { broadcastTo, gather, reshape, transpose } from './ops.js';
import type { Dim, Op, Shape, Tensor, TensorOf } from './tensor.js';

/** An input of an op on frames: with a first axis of frames, or the same for all. */
export interface BatchInput {
  x: Tensor;
  framed: boolean;
}

/**
 * An op of one frame done to many at once: from its inputs, of which at least one has a first axis of `frames`, the
 * result with that axis; undefined where the op cannot do that.
 */
export type BatchRule<O extends Op> = (
  parts: readonly BatchInput[],
  y: TensorOf<O>,
  frames: Dim,
) => Tensor | undefined;

const same: BatchRule<Op> = ([{ x }], y) => makeTensor(y.op, [x], y.attributes);

/** Axes of length 1 between the frames and an input that has fewer axes than the result. */
const aligned: BatchRule<Op> = (parts, y, frames) => {
  const rank = y.shape.length;
  return makeTensor(
    y.op,
    parts.map((part) => align(part, rank, frames)),
    y.attributes,
  );
};

/** The same for every frame, where a frame's own is needed. */
const spread = ({ x, framed }: BatchInput, frames: Dim): Tensor =>
  framed ? x : broadcastTo(x, [frames, ...x.shape]);

const spreadAll =
  <O extends Op>(
    change: (attributes: TensorOf<O>['attributes']) => TensorOf<O>['attributes'],
  ): BatchRule<O> =>
  (parts, y, frames) =>
    makeTensor(
      y.op,
      parts.map((part) => spread(part, frames)),
      change(y.attributes) as never,
    );

const behindFrames = (axes: readonly number[]): number[] => axes.map((axis) => axis + 1);
const reduction = <O extends 'reduceSum' | 'reduceMax'>(
  [{ x }]: readonly BatchInput[],
  y: TensorOf<O>,
): Tensor =>
  makeTensor(y.op, [x], { axes: behindFrames(y.attributes.axes), keepDims: y.attributes.keepDims });
const alone: BatchRule<Op> = () => undefined;

/** How every op is done to many frames. */
export const batchRules: { [O in Op]: BatchRule<O> } = {
  input: alone,
  constant: alone,
  size: alone,

  ...rowsOf(elementwiseOps, same),
  ...rowsOf(pairwiseOps, aligned),
  where: aligned,
  softmax: same,

  matmul: (parts, y, frames) => {
    const [a, b] = parts as [BatchInput, BatchInput];
    const { transposeA, transposeB } = y.attributes;
    const row = a.framed && !b.framed && !transposeA && a.x.shape.length === 3 && a.x.shape[1] === 1;
    if (!row || b.x.shape.length > 2) return aligned(parts, y, frames);
    // a frame's one row times a matrix: rows of all frames times it
    const rows = reshape(a.x, [frames, a.x.shape[2]]);
    const product = makeTensor('matmul', [rows, b.x], { transposeA: false, transposeB });
    return reshape(product, [frames, 1, product.shape[1]]);
  },
  reduceSum: reduction,
  reduceMax: reduction,
  transpose: ([{ x }], y) => transpose(x, [0, ...behindFrames(y.attributes.permutation)]),
  reshape: ([{ x }], y, frames) => reshape(x, [frames, ...y.shape]),
  broadcastTo: ([part], y, frames) => broadcastTo(align(part, y.shape.length, frames), [frames, ...y.shape]),
  concat: spreadAll<'concat'>(({ axis }) => ({ axis: axis + 1 })),
  slice: ([{ x }], y) => makeTensor('slice', [x], { ...y.attributes, axis: y.attributes.axis + 1 }),
  pad: ([{ x }], y) => makeTensor('pad', [x], { ...y.attributes, axis: y.attributes.axis + 1 }),
  gather: ([x, index], y) => {
    if (!index.framed) return gather(x.x, index.x, y.attributes.axis + 1);
    return !x.framed && y.attributes.axis === 0 ? gather(x.x, index.x) : undefined;
  },
  scatterAdd: ([values, index], y) =>
    index.framed
      ? undefined
      : makeTensor('scatterAdd', [values.x, index.x], { ...y.attributes, axis: y.attributes.axis + 1 }),
  largestPlaces: same,
  takeAlong: spreadAll<'takeAlong'>((attributes) => attributes),
  putAlong: spreadAll<'putAlong'>((attributes) => attributes),
};

function align({ x, framed }: BatchInput, rank: number, frames: Dim): Tensor {
  const shape: Shape = framed ? x.shape.slice(1) : x.shape;
  if (!framed || shape.length === rank) return x;
  const ones = Array.from({ length: rank - shape.length }, () => 1);
  return reshape(x, [frames, ...ones, ...shape]);
}
