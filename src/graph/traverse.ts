import { LatentcvError, expectFunction, expectList, expectObject } from '../support/index.js';
import { makeTensor, expectTensor } from './make-tensor.js';
import { showShape, type Tensor, type TensorOf } from './tensor.js';

/**
 * All tensors that the given ones are computed from and they themselves, inputs before users, in a fixed order; without
 * those that are known, and what only they need.
 */
export function topological(
  outputs: readonly Tensor[],
  known: { has: (tensor: Tensor) => boolean } = new Set<Tensor>(),
): Tensor[] {
  expectList(outputs, 'outputs');
  for (const output of outputs) expectTensor(output, 'outputs');
  const order: Tensor[] = [];
  const done = new Set<Tensor>();
  // An explicit stack: unrolled algorithms make graphs deeper than the call stack.
  const stack = [...outputs].reverse().map((tensor) => ({ tensor, next: 0 }));
  while (stack.length > 0) {
    const top = stack[stack.length - 1];
    const child = done.has(top.tensor) ? undefined : top.tensor.inputs[top.next++];
    if (child) {
      if (!done.has(child) && !known.has(child)) stack.push({ tensor: child, next: 0 });
      continue;
    }
    if (!done.has(top.tensor)) order.push(top.tensor);
    done.add(top.tensor);
    stack.pop();
  }
  return order;
}

/** The inputs that the given tensors are computed from. */
export function inputsOf(outputs: readonly Tensor[]): TensorOf<'input'>[] {
  return topological(outputs).filter((tensor) => tensor.op === 'input');
}

/** The same expression with some tensors (inputs by constants, say) replaced by others of the same shape. */
export function substitute<K extends string>(
  outputs: Readonly<Record<K, Tensor>>,
  replacements: ReadonlyMap<Tensor, Tensor>,
): Record<K, Tensor> {
  expectObject(outputs, 'outputs');
  for (const [from, to] of replacements) checkReplacement(from, to);
  const changed = new Map(replacements);
  for (const tensor of topological(Object.values(outputs))) {
    if (!changed.has(tensor)) changed.set(tensor, withInputs(tensor, changed));
  }
  return mapValues(outputs, (tensor) => changed.get(tensor)!);
}

function withInputs(tensor: Tensor, changed: ReadonlyMap<Tensor, Tensor>): Tensor {
  const inputs = tensor.inputs.map((input) => changed.get(input)!);
  if (inputs.every((input, i) => input === tensor.inputs[i])) return tensor;
  return makeTensor(tensor.op, inputs, tensor.attributes, tensor.name);
}

function checkReplacement(from: Tensor, to: Tensor): void {
  const fits = from.kind === to.kind && showShape(from.shape) === showShape(to.shape);
  if (fits) return;
  const name = from.name ?? from.op;
  throw new LatentcvError(
    'bad-graph',
    `expected ${from.kind} ${showShape(from.shape)} in place of ${name} but received ${to.kind} ${showShape(to.shape)}`,
  );
}

/** The same keys with other values. */
export function mapValues<K extends string, A, B>(
  record: Readonly<Record<K, A>>,
  change: (value: A, key: K) => B,
): Record<K, B> {
  expectObject(record, 'record');
  expectFunction(change, 'change');
  const entries = Object.entries<A>(record) as [K, A][];
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value, key)])) as Record<K, B>;
}
