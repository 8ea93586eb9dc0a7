import { LatentcvError } from '../support/index.js';
import { kindOf, shapeRules } from './shape-rules.js';
import { showShape, type Op, type OpAttributes, type Tensor } from './tensor.js';

/**
 * A node, checked against its shape rule.
 * @throws LatentcvError `bad-graph`, naming the op, its shapes and what was expected.
 */
export function makeTensor<O extends Op>(
  op: O,
  inputs: readonly Tensor[],
  attributes: OpAttributes[O],
  name?: string,
): Tensor {
  for (const input of inputs) expectTensor(input, op);
  const shapes = inputs.map((input) => input.shape);
  const shape = shapeRules[op](shapes, attributes);
  if (typeof shape === 'string') throw badShape(op, inputs, shape);
  const kind = kindOf(op, inputs, attributes);
  if (kind === undefined) throw badShape(op, inputs, 'an index tensor cannot go in here');
  return {
    op,
    inputs,
    attributes,
    shape,
    kind,
    ...(name === undefined ? {} : { name }),
  } as unknown as Tensor;
}

function badShape(op: Op, inputs: readonly Tensor[], why: string): LatentcvError {
  const shown = inputs.map((t) => showShape(t.shape) + (t.name ? ` (${t.name})` : '')).join(', ');
  return new LatentcvError('bad-graph', `${op}${shown ? ` of ${shown}` : ''}: ${why}`);
}

/**
 * Refuses what is no tensor.
 * @throws LatentcvError `bad-graph`
 */
export function expectTensor(value: unknown, what: string): void {
  if (typeof value === 'object' && value !== null && 'op' in value && 'shape' in value) return;
  throw new LatentcvError('bad-graph', `${what}: expected a tensor but received ${String(value)}`);
}

/**
 * Refuses what is no shape, whatever its lengths.
 * @throws LatentcvError `bad-graph`
 */
export function expectShape(value: unknown, what: string): void {
  if (Array.isArray(value)) return;
  throw new LatentcvError(
    'bad-graph',
    `${what}: expected a shape, such as ['n', 3], but received ${String(value)}`,
  );
}
