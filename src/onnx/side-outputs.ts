import type { Tensor } from '../graph/index.js';
import { LatentcvError } from '../support/index.js';
import { derive } from './derive.js';
import { sideNames, type KolmogorovFacts, type SideName, type Sides } from './metadata/index.js';

/** A side output as a graph: `[n, 1]`, and its derivatives by the input `[n, 1, d]`. */
export interface SideGraph {
  value: Tensor;
  gradient: Tensor;
}

/** The name of the output that holds the derivatives of another. */
const gradientName = (name: SideName): string => `${name}_gradient`;

/** What is made of each of those that there are. */
export function mapSides<From, To>(sides: Sides<From>, of: (side: From, name: SideName) => To): Sides<To> {
  const mapped: Sides<To> = {};
  for (const name of sideNames) {
    const side = sides[name];
    if (side !== undefined) mapped[name] = of(side, name);
  }
  return mapped;
}

/** Side outputs `[n, 1]` and their derivatives by `x`, by the names that they have in the file. */
export function sideTensors(sides: Sides<Tensor>, x: Tensor): Record<string, Tensor> {
  const outputs: Record<string, Tensor> = {};
  mapSides(sides, (value, name) => {
    outputs[name] = value;
    outputs[gradientName(name)] = derive(value, x);
  });
  return outputs;
}

/** Those of a file's outputs that are side outputs with their derivatives; undefined where there are none. */
export function sidesOf(outputs: Readonly<Record<string, Tensor>>): Sides<SideGraph> | undefined {
  const sides: Sides<SideGraph> = {};
  for (const name of sideNames) {
    const [value, gradient] = [outputs[name], outputs[gradientName(name)]];
    if (value && gradient) sides[name] = { value, gradient };
  }
  return Object.keys(sides).length > 0 ? sides : undefined;
}

/**
 * The bias of a committor is of one temperature, which the file has to tell.
 * @throws LatentcvError `bad-model`
 */
export function checkSides(sides: Sides<unknown> = {}, kolmogorov: KolmogorovFacts | undefined): void {
  if (!sides.kolmogorov === !kolmogorov) return;
  throw new LatentcvError(
    'bad-model',
    'expected the temperature of an output kolmogorov in the metadata, and none without that output',
  );
}
