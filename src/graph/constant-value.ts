import { expectTensor } from './make-tensor.js';
import { evaluateNode } from './evaluate.js';
import type { NdArray } from './evaluate-rules.js';
import { countElements } from './shape-rules.js';
import type { Tensor } from './tensor.js';
import { topological } from './traverse.js';

/** Larger constants are not worked out: what a file lays down by a few numbers must not fill the memory. */
const mostElements = 2 ** 22;

const known = new WeakMap<Tensor, NdArray | 'unknown'>();

/** The value of an expression that no input enters, or undefined where one does or a length is only named. */
export function constantValue(tensor: Tensor): NdArray | undefined {
  expectTensor(tensor, 'constantValue');
  if (!known.has(tensor))
    for (const part of topological([tensor]))
      if (!known.has(part)) known.set(part, valueOf(part) ?? 'unknown');
  const value = known.get(tensor);
  return value === 'unknown' ? undefined : value;
}

function valueOf(tensor: Tensor): NdArray | undefined {
  const count = countElements(tensor.shape);
  if (tensor.op === 'input' || count === undefined || count > mostElements) return undefined;
  const shape = tensor.shape as number[];
  if (tensor.op === 'constant') return { shape, data: tensor.attributes.values };
  const inputs = tensor.inputs.map((input) => known.get(input)!);
  if (!inputs.every((input) => input !== 'unknown')) return undefined;
  return evaluateNode(tensor, inputs, (dims) => dims as number[]);
}
