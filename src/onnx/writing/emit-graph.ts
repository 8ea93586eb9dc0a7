import { broadcastShapes, sameShape, type Tensor, type TensorOf } from '../../graph/index.js';
import type { Emitter } from './emitter.js';
import { gemmFlags, writeOp } from './op-forms.js';

/**
 * Writes tensors in the given order (inputs before users) as ONNX nodes and gives the outputs their names.
 * `uses` counts every tensor's users, outputs included.
 */
export function emitGraph(
  e: Emitter,
  order: readonly Tensor[],
  outputs: Readonly<Record<string, Tensor>>,
  uses: ReadonlyMap<Tensor, number>,
): void {
  const named = new Map<Tensor, string>();
  const own = new Set<Tensor>(order.filter((tensor) => tensor.op !== 'constant' && tensor.op !== 'input'));
  for (const [name, tensor] of Object.entries(outputs))
    if (own.has(tensor) && !named.has(tensor)) named.set(tensor, name);
  const layers = findLayers(order, uses, named);
  const absorbed = new Set([...layers.values()].map((layer) => layer.product as Tensor));
  for (const tensor of order) {
    if (absorbed.has(tensor) || e.find(tensor) !== undefined) continue;
    const layer = layers.get(tensor);
    const output = named.get(tensor);
    e.set(tensor, layer ? writeLayer(e, layer, output) : writeOp(e, tensor, output));
  }
  for (const [name, tensor] of Object.entries(outputs)) {
    if (named.get(tensor) !== name) e.node('Identity', [e.nameOf(tensor)], {}, name);
  }
}

/** How many tensors and outputs use each tensor. */
export function countUses(order: readonly Tensor[], outputs: readonly Tensor[]): Map<Tensor, number> {
  const uses = new Map<Tensor, number>();
  for (const tensor of [...order.flatMap((user) => user.inputs), ...outputs]) {
    uses.set(tensor, (uses.get(tensor) ?? 0) + 1);
  }
  return uses;
}

interface Layer {
  product: TensorOf<'matmul'>;
  bias: Tensor;
}

/** Sums of a product used nowhere else and a bias that stretches to it: what ONNX writes as one Gemm. */
function findLayers(
  order: readonly Tensor[],
  uses: ReadonlyMap<Tensor, number>,
  named: ReadonlyMap<Tensor, string>,
): Map<Tensor, Layer> {
  const layers = new Map<Tensor, Layer>();
  const here = new Set(order);
  const free = (x: Tensor): x is TensorOf<'matmul'> =>
    x.op === 'matmul' &&
    x.inputs.every(({ shape }) => shape.length === 2) &&
    here.has(x) &&
    uses.get(x) === 1 &&
    !named.has(x);
  for (const tensor of order) {
    if (tensor.op !== 'add') continue;
    const product = tensor.inputs.find(free);
    const bias = tensor.inputs.find((x) => x !== product);
    if (product && bias && stretches(bias, product)) layers.set(tensor, { product, bias });
  }
  return layers;
}

function stretches(bias: Tensor, product: Tensor): boolean {
  const shape = broadcastShapes(bias.shape, product.shape);
  return typeof shape !== 'string' && sameShape(shape, product.shape);
}

function writeLayer(e: Emitter, { product, bias }: Layer, output?: string): string {
  const inputs = [...product.inputs, bias].map((x) => e.nameOf(x));
  return e.node('Gemm', inputs, gemmFlags(product), output);
}
