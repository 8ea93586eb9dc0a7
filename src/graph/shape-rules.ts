import { expectList } from '../support/index.js';
import { elementwiseOps, pairwiseOps, rowsOf } from './op-groups.js';
import {
  sameShape,
  type Dim,
  type Kind,
  type Op,
  type OpAttributes,
  type Shape,
  type Tensor,
} from './tensor.js';

/** The shape of the result, or what is wrong as the rest of a sentence. */
type ShapeRule<O extends Op> = (shapes: readonly Shape[], attributes: OpAttributes[O]) => Shape | string;

const same = ([x]: readonly Shape[]): Shape => x;
const both = ([a, b]: readonly Shape[]): Shape | string => broadcastShapes(a, b);

function reduced([x]: readonly Shape[], { axes, keepDims }: OpAttributes['reduceSum']): Shape | string {
  const problem = checkAxes(x, axes);
  if (problem) return problem;
  if (keepDims) return x.map((dim, i) => (axes.includes(i) ? 1 : dim));
  return x.filter((_, i) => !axes.includes(i));
}

/** The shape rule of every op. */
export const shapeRules: { [O in Op]: ShapeRule<O> } = {
  input: (_, { shape }) => checkDims(shape),
  constant: (_, { shape, values }) =>
    countElements(shape) === values.length
      ? checkDims(shape)
      : `expected ${shape.join('·') || '1'} values, got ${values.length}`,
  size: () => [],

  ...rowsOf(elementwiseOps, same),
  clip: (shapes, { low, high }) => (low <= high ? same(shapes) : `expected ${low} to be at most ${high}`),
  ...rowsOf(pairwiseOps, both),
  where: ([mask, a, b]) => {
    const choice = broadcastShapes(a, b);
    return typeof choice === 'string' ? choice : broadcastShapes(mask, choice);
  },
  softmax: ([x]) => (x.length > 0 ? x : 'expected at least one axis'),

  matmul: ([a, b], { transposeA, transposeB }) => {
    if (a.length < 2 || b.length < 2) return 'expected two matrices';
    const [rows, inner] = transposeA ? a.slice(-2).reverse() : a.slice(-2);
    const [inner2, columns] = transposeB ? b.slice(-2).reverse() : b.slice(-2);
    if (inner !== inner2) return `inner lengths ${inner} and ${inner2} differ`;
    const lead = broadcastShapes(a.slice(0, -2), b.slice(0, -2));
    return typeof lead === 'string' ? lead : [...lead, rows, columns];
  },
  reduceSum: reduced,
  reduceMax: reduced,
  transpose: ([x], { permutation }) =>
    permutation.length === x.length && !checkAxes(x, permutation)
      ? permutation.map((axis) => x[axis])
      : `[${permutation.join(', ')}] does not name every axis once`,
  reshape: ([x], { shape }) =>
    sameCount(x, shape) ? checkDims(shape) : `cannot become [${shape.join(', ')}]`,
  broadcastTo: ([x], { shape }) => {
    const result = broadcastShapes(x, shape);
    const fits = typeof result !== 'string' && result.length === shape.length;
    return fits && result.every((dim, i) => dim === shape[i])
      ? shape
      : `cannot be broadcast to [${shape.join(', ')}]`;
  },
  concat: (shapes, { axis }) => {
    const [first] = shapes;
    if (!first) return 'expected at least one tensor';
    const problem = checkAxes(first, [axis]);
    if (problem) return problem;
    const agree = shapes.every(
      (s) => s.length === first.length && s.every((d, i) => i === axis || d === first[i]),
    );
    if (!agree) return `shapes differ outside axis ${axis}`;
    const lengths = shapes.map((s) => s[axis]);
    if (lengths.length === 1) return first;
    if (!lengths.every((d) => typeof d === 'number')) return `axis ${axis} must have known lengths`;
    return first.map((dim, i) => (i === axis ? lengths.reduce((sum, d) => sum + d, 0) : dim));
  },
  slice: ([x], { axis, start, end }) => {
    const length = x[axis];
    if (typeof length !== 'number') return `axis ${axis} must exist and have a known length`;
    const inside =
      Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= length;
    if (!inside) return `range ${start} to ${end} is not inside axis ${axis} of length ${length}`;
    return x.map((dim, i) => (i === axis ? end - start : dim));
  },
  pad: ([x], { axis, before, after }) => {
    const length = x[axis];
    if (typeof length !== 'number') return `axis ${axis} must exist and have a known length`;
    if (!(before >= 0 && after >= 0)) return `cannot pad by ${before} and ${after}`;
    return x.map((dim, i) => (i === axis ? length + before + after : dim));
  },
  gather: ([x, index], { axis }) =>
    checkAxes(x, [axis]) ?? [...x.slice(0, axis), ...index, ...x.slice(axis + 1)],
  scatterAdd: ([values, index], { rows, axis }) => {
    const leads = index.every((dim, i) => dim === values[axis + i]) && values.length >= axis + index.length;
    return leads
      ? [...values.slice(0, axis), rows, ...values.slice(axis + index.length)]
      : `expected the index's shape at axis ${axis} of the values' shape`;
  },
  largestPlaces: ([x], { k }) => {
    const length = x.at(-1);
    if (typeof length !== 'number') return 'the last axis must exist and have a known length';
    return Number.isInteger(k) && k > 0 && k <= length
      ? [...x.slice(0, -1), k]
      : `cannot take ${k} of ${length}`;
  },
  takeAlong: ([x, index]) =>
    sameLead(x, index) ? index : "expected an index of x's shape but for the last axis",
  putAlong: ([values, index], { length }) =>
    values.length > 0 && sameShape(values, index)
      ? [...index.slice(0, -1), length]
      : "expected an index of the values' shape",
};

/** Ops that take index tensors as well as real ones, in every place. */
const anyKind: readonly Op[] = [
  'add',
  'sub',
  'transpose',
  'reshape',
  'broadcastTo',
  'concat',
  'slice',
  'pad',
  'stopGradient',
];

/** Real or index, or undefined where the op does not take such inputs. */
export function kindOf<O extends Op>(
  op: O,
  inputs: readonly Tensor[],
  attributes: OpAttributes[O],
): Kind | undefined {
  if (op === 'input' || op === 'constant') return (attributes as OpAttributes['input']).kind;
  const kinds = inputs.map((input) => input.kind);
  if (op === 'gather' || op === 'takeAlong') return kinds[1] === 'index' ? kinds[0] : undefined;
  if (op === 'largestPlaces') return kinds[0] === 'real' ? 'index' : undefined;
  if (op === 'scatterAdd' || op === 'putAlong')
    return kinds[0] === 'real' && kinds[1] === 'index' ? 'real' : undefined;
  if (kinds.every((kind) => kind === 'real')) return 'real';
  return anyKind.includes(op) && kinds.every((kind) => kind === 'index') ? 'index' : undefined;
}

/** numpy's rule; a named axis equals itself and stretches from 1, but is never taken to equal a number. */
export function broadcastShapes(a: Shape, b: Shape): Shape | string {
  expectList(a, 'shape');
  expectList(b, 'shape');
  const rank = Math.max(a.length, b.length);
  const result: Dim[] = [];
  for (let i = 0; i < rank; i++) {
    const left = a[a.length - rank + i] ?? 1;
    const right = b[b.length - rank + i] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return `lengths ${left} and ${right} do not broadcast`;
    result.push(left === 1 ? right : left);
  }
  return result;
}

/** Number of elements, or undefined where an axis is only named. */
export function countElements(shape: Shape): number | undefined {
  expectList(shape, 'shape');
  let count = 1;
  for (const dim of shape) {
    if (typeof dim !== 'number') return undefined;
    count *= dim;
  }
  return count;
}

function checkDims(shape: Shape): Shape | string {
  const bad = shape.find((dim) =>
    typeof dim === 'number' ? !(Number.isInteger(dim) && dim >= 0) : typeof dim !== 'string' || dim === '',
  );
  return bad === undefined ? shape : `${JSON.stringify(bad)} is not a length`;
}

function checkAxes(shape: Shape, axes: readonly number[]): string | undefined {
  const outside = axes.find((axis) => !Number.isInteger(axis) || axis < 0 || axis >= shape.length);
  if (outside !== undefined) return `there is no axis ${outside}`;
  return new Set(axes).size === axes.length ? undefined : `axes [${axes.join(', ')}] repeat`;
}

function sameLead(a: Shape, b: Shape): boolean {
  return (
    a.length > 0 &&
    b.length > 0 &&
    (a.length === 1 ? b.length === 1 : sameShape(a.slice(0, -1), b.slice(0, -1)))
  );
}

function sameCount(a: Shape, b: Shape): boolean {
  const names = (shape: Shape) =>
    shape
      .filter((dim) => typeof dim === 'string')
      .sort()
      .join();
  const known = (shape: Shape) => countElements(shape.filter((dim) => typeof dim === 'number'));
  return names(a) === names(b) && known(a) === known(b);
}
