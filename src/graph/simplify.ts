import { expectObject } from '../support/index.js';
import { evaluateNode } from './evaluate.js';
import { constant } from './ops.js';
import { countElements } from './shape-rules.js';
import { simplifyRules } from './simplify-rules.js';
import { makeTensor, expectTensor } from './make-tensor.js';
import type { Op, Shape, Tensor, TensorOf } from './tensor.js';
import { mapValues, topological } from './traverse.js';

/**
 * The same values with less work: constants folded, x·1, x + 0, double transposes and the like removed,
 * equal expressions computed once, and only what the outputs need kept. NaN and infinity aside (x·0 is 0),
 * results agree to round-off. Gradients come out of reverse mode with much to remove.
 */
export function simplify<K extends string>(outputs: Readonly<Record<K, Tensor>>): Record<K, Tensor> {
  expectObject(outputs, 'outputs');
  for (const output of Object.values(outputs)) expectTensor(output, 'simplify');
  const simplifier = new Simplifier();
  return mapValues(outputs, (tensor) => simplifier.simplify(tensor));
}

/** Where folding a constant would make it bigger than what it is computed from, it stays an op above this size. */
const foldedElements = 4096;
/** Constants up to this size are compared by value, larger ones by identity. */
const comparedElements = 256;

/** Simplifies one expression after the other; what they share is simplified once. */
export class Simplifier {
  /** Every tensor seen → its simplest form. */
  private readonly simplest = new Map<Tensor, Tensor>();
  /** Description of a simplest form → that form. */
  private readonly known = new Map<string, Tensor>();
  private readonly ids = new Map<Tensor, number>();

  simplify(output: Tensor): Tensor {
    for (const tensor of topological([output], this.simplest)) {
      if (!this.simplest.has(tensor)) this.simplest.set(tensor, this.reduce(tensor));
    }
    return this.simplest.get(output)!;
  }

  private reduce(tensor: Tensor): Tensor {
    const rebuilt = this.rebuild(tensor);
    const folded = fold(rebuilt);
    const better = folded === rebuilt ? applyRules(rebuilt) : undefined;
    return better ? this.simplify(better) : this.intern(folded);
  }

  private rebuild(tensor: Tensor): Tensor {
    const inputs = tensor.inputs.map((input) => this.simplest.get(input)!);
    if (commutes.has(tensor.op)) inputs.sort((a, b) => this.ids.get(a)! - this.ids.get(b)!);
    if (inputs.every((input, i) => input === tensor.inputs[i])) return tensor;
    return makeTensor(tensor.op, inputs, tensor.attributes, tensor.name);
  }

  private intern(tensor: Tensor): Tensor {
    const key = this.describe(tensor);
    const found = key === undefined ? undefined : this.known.get(key);
    if (found) return found;
    if (key !== undefined) this.known.set(key, tensor);
    this.ids.set(tensor, this.ids.size);
    this.simplest.set(tensor, tensor);
    return tensor;
  }

  /** Equal descriptions mean equal values; undefined for what equals only itself. */
  private describe(tensor: Tensor): string | undefined {
    if (tensor.op === 'input') return undefined;
    if (tensor.op !== 'constant') {
      const inputs = tensor.inputs.map((input) => this.ids.get(input));
      return `${tensor.op} ${inputs.join(' ')} ${JSON.stringify(tensor.attributes)}`;
    }
    const { values, shape, kind } = tensor.attributes;
    if (values.length > comparedElements) return undefined;
    const shown = Array.from(values, (value) => (Object.is(value, -0) ? '-0' : String(value)));
    return `constant ${tensor.name ?? ''} ${kind} [${shape.join()}] ${shown.join()}`;
  }
}

const commutes: ReadonlySet<Op> = new Set(['add', 'mul']);

function applyRules(tensor: Tensor): Tensor | undefined {
  const rules = (simplifyRules[tensor.op] ?? []) as readonly ((x: TensorOf<Op>) => Tensor | undefined)[];
  for (const rule of rules) {
    const better = rule(tensor);
    if (better) return better;
  }
  return undefined;
}

/** A constant in place of an op on constants, where that does not take more room. */
function fold(tensor: Tensor): Tensor {
  if (tensor.inputs.length === 0 || tensor.kind !== 'real') return tensor;
  const count = countElements(tensor.shape);
  if (count === undefined || count > Math.max(foldedElements, inputElements(tensor))) return tensor;
  if (tensor.op === 'broadcastTo' || !tensor.inputs.every((input) => input.op === 'constant')) return tensor;
  const inputs = tensor.inputs.map((x) => ({
    shape: x.shape as number[],
    data: x.attributes.values,
  }));
  const { data } = evaluateNode(tensor, inputs, (shape: Shape) => shape as number[]);
  return constant(data, tensor.shape);
}

function inputElements(tensor: Tensor): number {
  return tensor.inputs.reduce((sum, input) => sum + (countElements(input.shape) ?? 0), 0);
}
