import { evaluate, type Feed, type NdArray } from '../../src/graph/index.js';
import type { CvMethod } from '../../src/models/index.js';
import { Random } from '../../src/support/random.js';
import { drawBatch, drawParameters } from './batches.js';

const shape = { states: 0, properties: 0 };

/**
 * The loss of a method without hidden layers, two features to one latent and back, on five random frames, and what
 * it is made of: the latent and reconstruction of each frame, worked out by hand from the same numbers.
 */
export function linearLoss(method: CvMethod, full = false) {
  const random = new Random(21);
  const { parameters, feeds: values } = drawParameters(method, random);
  const { batch, feeds } = drawBatch(method, random, { frames: 5, features: 2, ...shape }, full);
  const { total, parts } = method.loss(parameters, batch);
  const found = evaluate({ ...parts, total }, { ...values, ...feeds });
  const [[, w], [, b], [, v], [, c]] = Object.entries(values);
  const rows = ({ data }: Feed): number[][] =>
    Array.from({ length: 5 }, (_, i) => [data[2 * i], data[2 * i + 1]]);
  const latent = (row: number[]): number => row[0] * w.data[0] + row[1] * w.data[1] + b.data[0];
  const decoded = (z: number): number[] => [z * v.data[0] + c.data[0], z * v.data[1] + c.data[1]];
  const number = (name: string): number => (found as Record<string, NdArray>)[name].data[0];
  return { number, rows, latent, decoded, feeds };
}

/** Mean over frames and columns of (a − b)². */
export function meanSquares(a: number[][], b: number[][]): number {
  const squares = a.flatMap((row, i) => row.map((value, j) => (value - b[i][j]) ** 2));
  return squares.reduce((sum, value) => sum + value, 0) / squares.length;
}
