import {
  add,
  concat,
  constant,
  broadcastTo,
  gather,
  indexConstant,
  matmul,
  mul,
  reduceMax,
  reduceMean,
  reduceSum,
  reshape,
  scalar,
  transpose,
  type Tensor,
} from '../../../graph/index.js';
import type { NodeReader, ReadForms } from '../node-reader.js';

/** What slides over the axes behind channels: convolutions and pools, each a choice of elements and a product or sum. */
export const windowForms: ReadForms = {
  Conv: readConvolution,
  AveragePool: readAveragePool,
  MaxPool: (node) => {
    const x = node.tensor(0);
    return reduceMax(windows(x, layout(node, x, node.ints('kernel_shape')), -Infinity).taken, [-1]);
  },
  GlobalAveragePool: (node) => overPlaces(node, reduceMean),
  GlobalMaxPool: (node) => overPlaces(node, reduceMax),
};

/** Where windows of a kernel lie: per place of the result and of the kernel a number, or −1 outside. */
interface Layout {
  /** Lengths of the result's axes behind the channels. */
  places: number[];
  /** Elements of a window. */
  size: number;
  /** `[∏ places · size]` */
  numbers: number[];
}

function overPlaces(node: NodeReader, reduce: (x: Tensor, axes: number[], keep: boolean) => Tensor): Tensor {
  const x = node.tensor(0);
  return reduce(x, x.shape.map((_, i) => i).slice(2), true);
}

/** y[n, m, o] = Σ over the group's channels c and the kernel k of w[m, c, k]·x[n, c, o·stride + k·dilation − pad]. */
function readConvolution(node: NodeReader): Tensor {
  const [x, w] = [node.tensor(0), node.tensor(1)];
  const groups = node.int('group', 1);
  const [outputs, inner, ...kernel] = w.shape as number[];
  const { places, size, numbers } = layout(node, x, kernel);
  const { taken } = windows(x, { places, size, numbers }, 0);
  const [count, each] = [product(places), outputs / groups];
  // [n, groups, inner, count, size] → [n, groups, count, inner·size]
  const split = reshape(taken, [x.shape[0], groups, inner, count, size]);
  const rows = reshape(transpose(split, [0, 1, 3, 2, 4]), [x.shape[0], groups, count, inner * size]);
  const sums = matmul(rows, reshape(w, [groups, each, inner * size]), { transposeB: true });
  const result = reshape(transpose(sums, [0, 1, 3, 2]), [x.shape[0], outputs, ...places]);
  if (!node.optional(2)) return result;
  return add(result, reshape(node.tensor(2), [outputs, ...places.map(() => 1)]));
}

function readAveragePool(node: NodeReader): Tensor {
  const x = node.tensor(0);
  const where = layout(node, x, node.ints('kernel_shape'));
  const { taken } = windows(x, where, 0);
  const sum = reduceSum(taken, [-1]);
  if (node.int('count_include_pad', 0) !== 0) return mul(sum, 1 / where.size);
  const counts = Array.from(
    { length: product(where.places) },
    (_, i) => where.numbers.slice(i * where.size, (i + 1) * where.size).filter((at) => at >= 0).length,
  );
  return mul(
    sum,
    constant(
      counts.map((n) => 1 / n),
      where.places,
    ),
  );
}

/** The elements of each window as a last axis: `[n, channels, …places, size]`, outside of x the given value. */
function windows(x: Tensor, { places, size, numbers }: Layout, outside: number): { taken: Tensor } {
  const [n, channels, ...lengths] = x.shape;
  const count = product(lengths as number[]);
  const flat = reshape(x, [n, channels, count]);
  const beyond = numbers.some((at) => at < 0);
  const edge = () => broadcastTo(scalar(outside), [n, channels, 1]);
  const whole = beyond ? concat([flat, edge()], 2) : flat;
  const index = indexConstant(
    numbers.map((at) => (at < 0 ? count : at)),
    [...places, size],
  );
  return { taken: gather(whole, index, 2) };
}

function layout(node: NodeReader, x: Tensor, kernel: readonly number[] | undefined): Layout {
  const lengths = x.shape.slice(2);
  if (!kernel || !lengths.every((dim) => typeof dim === 'number') || typeof x.shape[1] !== 'number')
    throw node.bad('slides over an axis of unknown length');
  if (node.int('ceil_mode', 0) !== 0) throw node.bad('rounds the number of its windows up');
  const strides = node.ints('strides') ?? kernel.map(() => 1);
  const dilations = node.ints('dilations') ?? kernel.map(() => 1);
  const reach = kernel.map((length, i) => (length - 1) * dilations[i] + 1);
  const [before, after] = padding(node, lengths, reach, strides);
  const places = lengths.map((length, i) =>
    Math.floor((length + before[i] + after[i] - reach[i]) / strides[i] + 1),
  );
  if (places.some((count) => !(count > 0))) throw node.bad('has windows longer than its input');
  node.context.budget.expectRoom(product(places) * product(kernel));
  const numbers = positions(places).flatMap((place) =>
    positions(kernel).map((step) => {
      const at = place.map((p, i) => p * strides[i] + step[i] * dilations[i] - before[i]);
      const outside = at.some((value, i) => value < 0 || value >= lengths[i]);
      return outside ? -1 : lengths.reduce((number, length, i) => number * length + at[i], 0);
    }),
  );
  return { places, size: product(kernel), numbers };
}

function padding(
  node: NodeReader,
  lengths: readonly number[],
  reach: readonly number[],
  strides: readonly number[],
): [number[], number[]] {
  const given = node.ints('pads') ?? lengths.flatMap(() => [0, 0]);
  const auto = node.text('auto_pad', 'NOTSET');
  if (auto === 'NOTSET') return [given.slice(0, lengths.length), given.slice(lengths.length)];
  if (auto === 'VALID') return [lengths.map(() => 0), lengths.map(() => 0)];
  const total = lengths.map((length, i) =>
    Math.max((Math.ceil(length / strides[i]) - 1) * strides[i] + reach[i] - length, 0),
  );
  const smaller = total.map((pad) => Math.floor(pad / 2));
  const large = total.map((pad, i) => pad - smaller[i]);
  return auto === 'SAME_UPPER' ? [smaller, large] : [large, smaller];
}

/** All positions in a grid, in row-major order. */
function positions(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (before, length) => before.flatMap((lead) => Array.from({ length }, (_, i) => [...lead, i])),
    [[]],
  );
}

const product = (numbers: readonly number[]): number => numbers.reduce((a, b) => a * b, 1);
