import { countElements, type Tensor } from '../../graph/index.js';
import type { NodeReader } from './node-reader.js';
import { lengths, type Choice, type Lengths, type Value } from './values.js';

/** Places of all elements, one list for each axis, as NonZero gives those that are chosen. */
export function allPlaces(node: NodeReader, mask: Tensor): Lengths {
  const count = countElements(mask.shape);
  if (count === undefined) throw node.bad('finds places along an axis of unknown length');
  const shape = mask.shape as readonly number[];
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const places = shape.flatMap((length, axis) =>
    Array.from({ length: count }, (_, at) => Math.floor(at / strides[axis]) % length),
  );
  return lengths(places, [shape.length, count]);
}

/** What is done to each element alone. */
const elementwise =
  'Add Sub Mul Div Pow Mod Neg Exp Log Sqrt Abs Sign Sin Cos Tan Tanh Atan Sigmoid Relu Softplus Erf Reciprocal Floor Ceil ' +
  'Round Min Max Clip Where Equal Greater Less GreaterOrEqual LessOrEqual And Or Not Identity Cast';
const rearranging =
  'Transpose Split Squeeze Unsqueeze Gather GatherND Slice Concat Expand Reshape ConstantOfShape';
const carried = new Set(`${elementwise} ${rearranging}`.split(' '));

/**
 * What the results of a node are of, from what its inputs are of.
 * @throws LatentcvError `bad-model` where the choices of two masks meet, or a node does more than carry elements along.
 */
export function choiceOf(
  node: NodeReader,
  choices: readonly Choice[],
  results: readonly Value[],
): Choice | undefined {
  const [first, ...others] = choices;
  if (!first) return undefined;
  const { opType } = node.proto;
  // where they are put back the mask has decided
  if (opType === 'ScatterND') return undefined;
  if (others.some(({ mask }) => mask !== first.mask))
    throw node.bad('mixes elements chosen by different values');
  const elements = choices.find(({ kind }) => kind === 'elements');
  if (opType === 'Shape') return elements ? { ...first, kind: 'shape' } : first;
  if (!carried.has(opType)) throw node.bad('depends on how many elements are chosen by their values');
  if (!elements && results.every(({ op }) => op === 'lengths')) return first;
  const count = countElements(first.mask.shape);
  if (!results.every((result) => hasAxis(result, count)))
    throw node.bad('depends on which elements are chosen by their values');
  return { ...first, kind: 'elements' };
}

function hasAxis(value: Value, length: number | undefined): boolean {
  if (value.op === 'sequence') return false;
  const { shape } = value.op === 'whole' ? value.x : value;
  return shape.some((dim) => dim === length);
}
