import { LatentcvError, expectList, expectObject } from '../support/index.js';
import { evaluationRules, type EvaluationRule, type NdArray } from './evaluate-rules.js';
import { showShape, type Op, type Shape, type Tensor, type TensorOf } from './tensor.js';
import { mapValues, topological } from './traverse.js';

/** Values for an input: row-major, with the shape where the graph's own has named axes. */
export interface Feed {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}
export type Feeds = Readonly<Record<string, Feed>>;

/**
 * Values of expressions in double precision: slow and simple, the reference that engines are compared with.
 * Inputs need to be listed only where an axis is named by one that no output uses.
 * @throws LatentcvError `bad-data` where an input is missing or of another shape, or a row number is outside.
 */
export function evaluate<K extends string>(
  outputs: Readonly<Record<K, Tensor>>,
  feeds: Feeds,
  inputs: readonly Tensor[] = [],
): Record<K, NdArray> {
  expectObject(outputs, 'outputs');
  expectObject(feeds, 'feeds');
  const order = topological([...inputs, ...Object.values<Tensor>(outputs)]);
  const lengths = bindLengths(
    order.filter((tensor) => tensor.op === 'input'),
    feeds,
  );
  const resolve = (shape: Shape) => shape.map((dim) => resolveDim(dim, lengths));
  const values = new Map<Tensor, NdArray>();
  const kept = new Set<Tensor>(Object.values<Tensor>(outputs));
  const lastUser = new Map<Tensor, Tensor>();
  for (const user of order) for (const used of user.inputs) lastUser.set(used, user);
  for (const tensor of order) {
    const from = tensor.inputs.map((input) => values.get(input)!);
    values.set(tensor, tensor.op === 'input' ? fed(tensor, feeds) : evaluateNode(tensor, from, resolve));
    for (const used of tensor.inputs)
      if (lastUser.get(used) === tensor && !kept.has(used)) values.delete(used);
  }
  return mapValues(outputs, (tensor) => values.get(tensor)!);
}

/** One op's value from its inputs' values. */
export function evaluateNode(
  tensor: Tensor,
  inputs: readonly NdArray[],
  resolve: (shape: Shape) => number[],
): NdArray {
  const rule = evaluationRules[tensor.op] as EvaluationRule<Op>;
  const shape = resolve(tensor.shape);
  if (tensor.op === 'gather') checkRows(inputs[1], inputs[0].shape[tensor.attributes.axis]);
  if (tensor.op === 'scatterAdd') checkRows(inputs[1], shape[tensor.attributes.axis]);
  if (tensor.op === 'takeAlong') checkRows(inputs[1], inputs[0].shape.at(-1)!);
  if (tensor.op === 'putAlong') checkRows(inputs[1], tensor.attributes.length);
  return { shape, data: rule({ inputs, attributes: tensor.attributes, shape, resolve }) };
}

/** The lengths of named axes, as the fed inputs have them. */
export function bindLengths(inputs: readonly TensorOf<'input'>[], feeds: Feeds): Map<string, number> {
  expectList(inputs, 'inputs');
  expectObject(feeds, 'feeds');
  const lengths = new Map<string, number>();
  for (const { name, shape } of inputs) {
    const given = feeds[name!];
    if (!given)
      throw new LatentcvError('bad-data', `expected values for the input ${name} but received none`);
    const known = shape.map((dim, i) => {
      if (typeof dim === 'string' && !lengths.has(dim) && given.shape[i] !== undefined)
        lengths.set(dim, given.shape[i]);
      return typeof dim === 'string' ? (lengths.get(dim) ?? dim) : dim;
    });
    checkFeed(name!, known, shape, given);
  }
  return lengths;
}

function checkFeed(name: string, known: Shape, shape: Shape, given: Feed): void {
  const count = given.shape.reduce((a, b) => a * b, 1);
  if (showShape(known) === showShape(given.shape) && given.data.length === count) return;
  const got = `${showShape(given.shape)} with ${given.data.length} values`;
  throw new LatentcvError(
    'bad-data',
    `expected shape ${showShape(shape)} for the input ${name} but received ${got}`,
  );
}

function fed(tensor: TensorOf<'input'>, feeds: Feeds): NdArray {
  const { shape, data } = feeds[tensor.name!];
  return { shape, data: Float64Array.from(data) };
}

function resolveDim(dim: number | string, lengths: ReadonlyMap<string, number>): number {
  const length = typeof dim === 'number' ? dim : lengths.get(dim);
  if (length === undefined) throw new LatentcvError('bad-graph', `no input tells the length of axis ${dim}`);
  return length;
}

function checkRows(index: NdArray, rows: number): void {
  const outside = index.data.find((row) => !(Number.isInteger(row) && row >= 0 && row < rows));
  if (outside !== undefined)
    throw new LatentcvError('bad-data', `expected row numbers below ${rows} but received ${outside}`);
}
