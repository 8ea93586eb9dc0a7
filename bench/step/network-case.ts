import { distancesBetween, type DescriptorSet } from '../../src/descriptors/index.js';
import { Random } from '../../src/support/random.js';

/** A tanh network on distances: `sizes` are the widths from input to output, the last layer is affine. */
export interface NetworkCase {
  /** `45-64-32-2` */
  name: string;
  sizes: number[];
}

/** Weights `[in, out]` and biases `[out]` of an affine layer, all of them float32 numbers. */
export interface Layer {
  weights: Float32Array;
  bias: Float32Array;
}

const networkNames = ['10-32-32-1', '45-64-32-2', '1000-256-64-2', '3000-512-128-2'];

export const networkCase = (name: string): NetworkCase => ({ name, sizes: name.split('-').map(Number) });

export const networkCases: readonly NetworkCase[] = networkNames.map(networkCase);

/** How many atoms have at least so many distances between them. */
export function atomsFor(distances: number): number {
  let atoms = 2;
  while ((atoms * (atoms - 1)) / 2 < distances) atoms++;
  return atoms;
}

/** The first distances, as many as the network takes, between the fewest atoms of these serials that have so many. */
export function distancesFor(
  { sizes: [inputs] }: NetworkCase,
  serials: readonly number[] = Array.from({ length: atomsFor(inputs) }, (_, i) => i + 1),
): DescriptorSet {
  const all = distancesBetween(serials.slice(0, atomsFor(inputs)));
  return { ...all, items: all.items.slice(0, inputs) };
}

/** Weights and biases uniform in ±1/√in, as PyTorch draws them, the same for every run. */
export function randomLayers({ sizes }: NetworkCase): Layer[] {
  const random = new Random(1);
  return sizes.slice(1).map((out, layer) => {
    const bound = 1 / Math.sqrt(sizes[layer]);
    const draw = (length: number) => Float32Array.from({ length }, () => random.uniform(-bound, bound));
    return { weights: draw(sizes[layer] * out), bias: draw(out) };
  });
}

/** Weights as `[out, in]`, which PyTorch and ANN want. */
export function transposed(weights: Float32Array, inputs: number): Float32Array {
  const outputs = weights.length / inputs;
  return weights.map((_, at) => weights[(at % inputs) * outputs + Math.floor(at / inputs)]);
}
