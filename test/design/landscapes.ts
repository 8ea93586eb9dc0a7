import type { Dataset } from '../../src/frames/index.js';
import {
  add,
  affine,
  concat,
  constant,
  input,
  matmul,
  slice,
  square,
  sub,
  type Tensor,
} from '../../src/graph/index.js';
import { readModelFile, writeModelFile, type ModelFile } from '../../src/onnx/index.js';
import { Random } from '../../src/support/random.js';
import { datasetOf } from '../models/tables.js';

/** Inputs u, v and u + v, whose CVs are u and v, so that the way back is exact. */
const there = constant([1, 0, 0, 1, 0, 0], [3, 2]);
const back = constant([1, 0, 1, 0, 1, 1], [2, 3]);

/** Of u and v: the squared distance from (0.4, −0.3), and from (−0.5, 0.2). */
function bowls(cv: Tensor): Tensor {
  const from = (u: number, v: number): Tensor => {
    const off = square(sub(cv, constant([u, v], [1, 2])));
    return add(slice(off, 1, 0, 1), slice(off, 1, 1, 2));
  };
  return concat([from(0.4, -0.3), from(-0.5, 0.2)], 1);
}

/**
 * A model whose properties a and b are bowls over its two CVs, of which everything is known: minima, level lines, and the front of
 * both, the line between the minima. Its file is read back, in double.
 * @param wrong how far the decoder is off in u
 */
export const bowlModel = (wrong = 0): ModelFile => readModelFile(bowlFile(wrong));

/** Its file. */
export function bowlFile(wrong = 0): Uint8Array {
  const x = input('x', ['n', 3]);
  const cv = matmul(x, there);
  const z = input('cv', ['n', 2]);
  const reconstruction = affine(z, back, constant([wrong, 0, wrong], [3]));
  return writeModelFile({
    ...{ x, cv, property: bowls(cv), precision: 'double' as const },
    decoder: { cv: z, reconstruction, property: bowls(z) },
    metadata: {
      ...{ method: 'made', network: '3-2', properties: ['a', 'b'], training: null },
      inputs: ['u', 'v', 'w'].map((label) => ({ label, unit: '', min: -2, max: 2 })),
      // ranges of 1: distances in the latent are those in the plane
      outputs: ['node-0', 'node-1'].map((name) => ({ name, min: -0.5, max: 0.5 })),
      check: { inputs: [[0.1, 0.2, 0.3]] },
    },
  });
}

/** Rows evenly over the square of u and v from −1 to 1, with what is left of them by a condition. */
export function rowsOver(where: (u: number, v: number) => boolean = () => true): Dataset {
  const random = new Random(3);
  const rows: number[][] = [];
  while (rows.length < 600) {
    const [u, v] = [random.uniform(-1, 1), random.uniform(-1, 1)];
    if (where(u, v)) rows.push([u, v, u + v, (u - 0.4) ** 2 + (v + 0.3) ** 2]);
  }
  return datasetOf(['u', 'v', 'w', 'a'], rows);
}
