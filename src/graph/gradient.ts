import { expectTensor } from './make-tensor.js';
import { LatentcvError } from '../support/index.js';
import { gradientRules, zeros } from './gradient-rules.js';
import { add, broadcastTo, concat, constant, reshape, scalar } from './ops.js';
import { sameShape, showShape, type Op, type Tensor, type TensorOf } from './tensor.js';
import { topological } from './traverse.js';

/**
 * Gradients of a scalar with respect to tensors it is computed from (inputs or intermediate ones), each of
 * its tensor's shape; zeros where it does not depend on one. Reverse mode; the result is an expression
 * like any other and can be differentiated again.
 * @throws LatentcvError `bad-graph` where y is not a scalar or an x is an index.
 */
export function gradient(y: Tensor, xs: readonly Tensor[]): Tensor[] {
  expectTensor(y, 'gradient');
  if (y.shape.length > 0) {
    throw new LatentcvError(
      'bad-graph',
      `expected a scalar to differentiate but received shape ${showShape(y.shape)}`,
    );
  }
  return vectorJacobianProduct(y, scalar(1), xs);
}

/** Gradients of Σ seed·y, with a seed of y's shape. */
export function vectorJacobianProduct(y: Tensor, seed: Tensor, xs: readonly Tensor[]): Tensor[] {
  expectTensor(y, 'vectorJacobianProduct');
  expectTensor(seed, 'vectorJacobianProduct');
  checkSeed(y, seed, xs);
  const order = topological([y]);
  const relevant = dependents(order, xs);
  const gradients = new Map<Tensor, Tensor>([[y, seed]]);
  for (const tensor of order.reverse()) {
    const g = gradients.get(tensor);
    if (!g || !relevant.has(tensor)) continue;
    backwards(tensor, g).forEach((part, i) => {
      const input = tensor.inputs[i];
      if (part && relevant.has(input)) accumulate(gradients, input, part);
    });
  }
  return xs.map((x) => (relevant.has(x) ? gradients.get(x) : undefined) ?? zeros(x.shape));
}

/**
 * ∂y/∂x of an expression that maps each row of x on its own: y `[n, k]` and x `[n, d]` give `[n, k, d]`,
 * by one reverse pass per column of y.
 */
export function jacobian(y: Tensor, x: Tensor): Tensor {
  expectTensor(y, 'jacobian');
  expectTensor(x, 'jacobian');
  const [rows, columns] = y.shape;
  const [rows2, width] = x.shape;
  const matrices = y.shape.length === 2 && x.shape.length === 2;
  if (!matrices || typeof columns !== 'number' || rows !== rows2) {
    throw new LatentcvError(
      'bad-graph',
      `expected y [n, k] and x [n, d] but received ${showShape(y.shape)} and ${showShape(x.shape)}`,
    );
  }
  const passes = Array.from({ length: columns }, (_, column) => {
    const seed = broadcastTo(constant(oneHot(columns, column), [1, columns]), y.shape);
    return reshape(vectorJacobianProduct(y, seed, [x])[0], [rows, 1, width]);
  });
  return concat(passes, 1);
}

function backwards(tensor: Tensor, g: Tensor): readonly (Tensor | undefined)[] {
  const rule = gradientRules[tensor.op] as (g: Tensor, y: TensorOf<Op>) => readonly (Tensor | undefined)[];
  return rule(g, tensor);
}

function accumulate(gradients: Map<Tensor, Tensor>, x: Tensor, part: Tensor): void {
  const before = gradients.get(x);
  gradients.set(x, before ? add(before, part) : part);
}

/** The tensors of an ordered list that are computed from one of the xs. */
function dependents(order: readonly Tensor[], xs: readonly Tensor[]): Set<Tensor> {
  const found = new Set<Tensor>();
  const wanted = new Set(xs);
  for (const tensor of order) {
    if (wanted.has(tensor) || tensor.inputs.some((input) => found.has(input))) found.add(tensor);
  }
  return found;
}

function checkSeed(y: Tensor, seed: Tensor, xs: readonly Tensor[]): void {
  if (!sameShape(seed.shape, y.shape)) {
    throw new LatentcvError(
      'bad-graph',
      `expected a seed of shape ${showShape(y.shape)} but received ${showShape(seed.shape)}`,
    );
  }
  const index = xs.find((x) => x.kind === 'index');
  if (index)
    throw new LatentcvError('bad-graph', `cannot differentiate by the index ${index.name ?? index.op}`);
}

function oneHot(length: number, position: number): number[] {
  return Array.from({ length }, (_, i) => (i === position ? 1 : 0));
}
