import {
  add,
  constant,
  gather,
  indexConstant,
  maximum,
  minimum,
  mul,
  putAlong,
  reshape,
  scatterAdd,
  slice,
  takeAlong,
  transpose,
  where,
  type NdArray,
  type Shape,
  type Tensor,
} from '../../../graph/index.js';
import type { NodeReader, ReadForms } from '../node-reader.js';
import type { Choice } from '../values.js';

/**
 * Elements and parts taken from any places, and put there. Where the places are known they are numbers of elements,
 * or of parts, of the tensor laid out in a row.
 */
export const scatterForms: ReadForms = {
  GatherND: readGatherParts,
  GatherElements: readGatherElements,
  ScatterND: readScatterParts,
  ScatterElements: readScatterElements,
  Scatter: readScatterElements,
};

/** Parts of x by the places of their first axes, `[…, q]`. */
function readGatherParts(node: NodeReader): Tensor {
  const x = node.tensor(0);
  const places = node.constant(1);
  if (!places) throw node.bad('takes parts by places that it computes of its inputs');
  const batch = node.int('batch_dims', 0);
  const depth = batch + places.shape.at(-1)!;
  const lead = known(node, x.shape.slice(0, depth));
  const rows = rowNumbers(node, withBatch(places, batch), lead);
  const flat = reshape(x, [product(lead), ...x.shape.slice(depth)]);
  return gather(flat, indexConstant(rows, places.shape.slice(0, -1)));
}

/** Places with those of the leading axes, which both sides share, in front. */
function withBatch({ shape, data }: NdArray, batch: number): NdArray {
  if (batch === 0) return { shape, data };
  const width = shape.at(-1)!;
  const lead = shape.slice(0, batch);
  const each = data.length / width / product(lead);
  const rows = Array.from({ length: data.length / width }, (_, row) => [
    ...positionOf(Math.floor(row / each), lead),
    ...data.subarray(row * width, (row + 1) * width),
  ]);
  return { shape: [...shape.slice(0, -1), batch + width], data: Float64Array.from(rows.flat()) };
}

/** The row of each list of places along some axes. */
function rowNumbers(node: NodeReader, { shape, data }: NdArray, lead: readonly number[]): number[] {
  const width = shape.at(-1)!;
  return Array.from({ length: product(shape.slice(0, -1)) }, (_, i) =>
    lead.reduce((row, length, axis) => row * length + inside(node, data[i * width + axis], length), 0),
  );
}

function readScatterParts(node: NodeReader): Tensor {
  const [x, , values] = [node.tensor(0), undefined, node.tensor(2)];
  const places = node.constant(1);
  const reduction = node.text('reduction', 'none');
  if (typeof x.shape[0] === 'string' || !places) return addRows(node, x, values, reduction);
  const depth = places.shape.at(-1)!;
  const lead = known(node, x.shape.slice(0, depth));
  const rows = rowNumbers(node, places, lead);
  const inner = x.shape.slice(depth);
  const flat = reshape(x, [product(lead), ...inner]);
  const parts = reshape(values, [rows.length, ...inner]);
  const placed = reshape(put(node, flat, parts, rows, reduction), x.shape);
  const choice = node.choice(1);
  return choice ? whereChosen(node, choice, placed, x) : placed;
}

/** All elements were put: those that were not chosen stay as they were. */
function whereChosen(node: NodeReader, { mask, kind }: Choice, placed: Tensor, x: Tensor): Tensor {
  const same = mask.shape.length === x.shape.length && mask.shape.every((dim, i) => dim === x.shape[i]);
  const others = node.choices().some((choice) => choice.mask !== mask);
  if (!same || others || kind !== 'elements' || node.choice(0))
    throw node.bad('puts chosen elements into other places than theirs');
  return where(mask, placed, x);
}

/** Rows added to zeros by numbers that are given to the graph: how gather is differentiated. */
function addRows(node: NodeReader, x: Tensor, values: Tensor, reduction: string): Tensor {
  const places = node.tensor(1);
  const start = x.op === 'broadcastTo' ? x.inputs[0] : x;
  const empty = start.op === 'constant' && start.attributes.values.every((value) => value === 0);
  if (reduction !== 'add' || !empty) throw node.bad('puts parts into places that it computes of its inputs');
  return scatterAdd(values, reshape(places, places.shape.slice(0, -1)), x.shape[0]);
}

function readGatherElements(node: NodeReader): Tensor {
  const x = node.tensor(0);
  const axis = node.axis(x.shape.length, 0);
  const places = node.constant(1);
  if (!places) return takeComputed(node, x, node.tensor(1), axis);
  const rows = elementNumbers(node, places, known(node, x.shape), axis);
  return gather(reshape(x, [product(x.shape as number[])]), indexConstant(rows, places.shape));
}

function readScatterElements(node: NodeReader): Tensor {
  const [x, values] = [node.tensor(0), node.tensor(2)];
  const axis = node.axis(x.shape.length, 0);
  const places = node.constant(1);
  const reduction = node.text('reduction', 'none');
  if (!places) return putComputed(node, x, { places: node.tensor(1), values, axis }, reduction);
  const rows = elementNumbers(node, places, known(node, x.shape), axis);
  const flat = reshape(x, [product(x.shape as number[])]);
  const parts = reshape(values, [rows.length]);
  return reshape(put(node, flat, parts, rows, reduction), x.shape);
}

/** Numbers of the elements that places along one axis mean, every other coordinate being the place's own. */
function elementNumbers(node: NodeReader, places: NdArray, shape: readonly number[], axis: number): number[] {
  return Array.from(places.data, (place, i) => {
    const position = positionOf(i, places.shape).with(axis, inside(node, place, shape[axis]));
    return shape.reduce((row, length, at) => row * length + position[at], 0);
  });
}

/** The tensor with some of its rows replaced by values, or changed by them. */
function put(
  node: NodeReader,
  x: Tensor,
  values: Tensor,
  rows: readonly number[],
  reduction: string,
): Tensor {
  const count = x.shape[0] as number;
  const index = indexConstant(rows, [rows.length]);
  if (reduction === 'add') return add(x, scatterAdd(values, index, count));
  if (new Set(rows).size < rows.length)
    throw node.bad(
      'puts several values into one place, of which one would stay',
      "torch's legacy exporter loses the sums of index_add: write scatter_add, or export with dynamo=True",
    );
  const hit = Float64Array.from({ length: count }, () => 0);
  for (const row of rows) hit[row] = 1;
  const mask = constant(hit, [count, ...x.shape.slice(1).map(() => 1)]);
  const placed = scatterAdd(x.kind === 'index' ? asWhole(node) : values, index, count);
  if (reduction === 'none') return hit.includes(0) ? where(mask, placed, x) : placed;
  const change = changes[reduction];
  if (!change) throw node.bad(`puts values by ${reduction}`);
  return where(mask, change(x, placed), x);
}

const changes: Readonly<Record<string, (a: Tensor, b: Tensor) => Tensor>> = {
  mul,
  max: maximum,
  min: minimum,
};

function asWhole(node: NodeReader): Tensor {
  throw node.bad('puts whole numbers into a list of them');
}

/** By the places of the largest, say: one list for each row. */
function takeComputed(node: NodeReader, x: Tensor, places: Tensor, axis: number): Tensor {
  const lead = x.shape.reduce<Tensor>((rest, length, i) => {
    if (i === axis || length === places.shape[i]) return rest;
    return slice(rest, i, 0, known(node, [places.shape[i]])[0]);
  }, x);
  return toLast(takeAlong(toLast(lead, axis), toLast(places, axis)), axis);
}

function putComputed(
  node: NodeReader,
  x: Tensor,
  { places, values, axis }: { places: Tensor; values: Tensor; axis: number },
  reduction: string,
): Tensor {
  const [length] = known(node, [x.shape[axis]]);
  const same = x.shape.every((dim, i) => i === axis || dim === places.shape[i]);
  if (reduction !== 'add' || !same) throw node.bad('puts values into places that it computes of its inputs');
  const placed = putAlong(toLast(values, axis), toLast(places, axis), length);
  return add(x, toLast(placed, axis));
}

/** The tensor with an axis and its last one exchanged. */
export function toLast(x: Tensor, axis: number): Tensor {
  const last = x.shape.length - 1;
  if (axis === last) return x;
  const order = x.shape.map((_, i) => (i === axis ? last : i === last ? axis : i));
  return transpose(x, order);
}

function inside(node: NodeReader, place: number, length: number): number {
  const at = place < 0 ? place + length : place;
  if (!(at >= 0 && at < length)) throw node.bad(`takes element ${place} of ${length}`);
  return at;
}

function known(node: NodeReader, shape: Shape): number[] {
  return shape.map((dim) => {
    if (typeof dim === 'string') throw node.bad(`needs the length of axis ${dim} as a number`);
    return dim;
  });
}

/** The coordinates of an element, by its number in row-major order. */
function positionOf(at: number, shape: readonly number[]): number[] {
  const position: number[] = [];
  for (let axis = shape.length - 1, rest = at; axis >= 0; axis--) {
    position[axis] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
  }
  return position;
}

const product = (numbers: readonly number[]): number => numbers.reduce((a, b) => a * b, 1);
