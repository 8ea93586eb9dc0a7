import { Matrix } from 'ml-matrix';
import type { z } from 'zod';
import { add, affine, matmul, type Tensor } from '../graph/index.js';
import {
  defineMethod,
  type Architecture,
  type Batch,
  type Loss,
  type Method,
  type MethodDefinition,
  type TrainingTable,
} from './method.js';
import type { Parameters } from './network.js';

interface LinearDefinition<Options extends z.ZodObject> extends Omit<MethodDefinition<Options>, 'create'> {
  /** Mean and directions (one a column, best first; at least `latent` of them) of the scaled features. */
  solve: (table: TrainingTable, options: z.output<Options>) => { mean: number[]; directions: Matrix };
  /** What is reported of the latent (of `encode(later)` where the method has pairs); nothing is descended. */
  loss: (encode: (x: Tensor) => Tensor, batch: Batch, weight: Tensor) => Loss;
  /** Only where the directions are orthonormal: mean + latent · directionsᵀ then rebuilds the features at best. */
  rebuilds?: boolean;
}

/** A method whose encoder is one affine layer with a closed form; hidden layers of the architecture are not used. */
export function linearMethod<Options extends z.ZodObject>(
  definition: LinearDefinition<Options>,
): Method<Options> {
  const { solve, loss, ...rest } = definition;
  const { rebuilds } = rest;
  return defineMethod({
    ...rest,
    closedForm: true,
    create({ features, latent }: Architecture, options) {
      const encode = (parameters: Parameters, x: Tensor): Tensor =>
        affine(x, parameters.get(names.weight)!, parameters.get(names.bias)!);
      return {
        needs: rest.needs,
        network: `${features}-${latent} linear`,
        parameters: [
          { name: names.weight, shape: [features, latent], bound: 0 },
          { name: names.bias, shape: [latent], bound: 0 },
          ...(rebuilds ? [{ name: names.mean, shape: [features], bound: 0 }] : []),
        ],
        encode,
        ...(rebuilds && { decode: rebuilt }),
        loss: (parameters, batch) => loss((x) => encode(parameters, x), batch, parameters.get(names.weight)!),
        solve: (table) => affineValues(solve(table, options), latent, rebuilds),
      };
    },
  });
}

const names = { weight: 'linear.weight', bias: 'linear.bias', mean: 'linear.mean' };

/** `mean + z · directionsᵀ`: the latent `(x − mean) · directions` is 0 at the mean. */
const rebuilt = (parameters: Parameters, latent: Tensor): Tensor =>
  add(matmul(latent, parameters.get(names.weight)!, { transposeB: true }), parameters.get(names.mean)!);

/** `(x − mean) · directions`, the first `latent` of them, as the values of the affine layer. */
function affineValues(
  { mean, directions }: { mean: number[]; directions: Matrix },
  latent: number,
  rebuilds = false,
): Map<string, Float64Array> {
  const first = directions.subMatrix(0, directions.rows - 1, 0, latent - 1);
  const shift = Matrix.rowVector(mean).mmul(first).mul(-1);
  return new Map([
    [names.weight, Float64Array.from(first.to1DArray())],
    [names.bias, Float64Array.from(shift.to1DArray())],
    ...(rebuilds ? [[names.mean, Float64Array.from(mean)] as const] : []),
  ]);
}
