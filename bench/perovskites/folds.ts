import { Random } from '../../src/support/random.js';
import { foldsOfGroups } from '../../src/training/index.js';

/** Which fold each row is of, from 0. */
export type Folds = Int32Array;

export const foldCount = 5;

/** Rows in a random order, dealt out. */
export function randomFolds(rows: number, seed: number, count = foldCount): Folds {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  new Random(seed).shuffle(order);
  const folds = new Int32Array(rows);
  order.forEach((row, i) => (folds[row] = i % count));
  return folds;
}

/** All rows of an element in one fold. */
export function foldsByElement(element: Int32Array, seed: number): Folds {
  const of = foldsOfGroups(element, { count: foldCount, seed });
  return Int32Array.from(element, (group) => of[group]);
}

export const rowsOf = (folds: Folds, is: (fold: number) => boolean): Int32Array =>
  Int32Array.from(folds.keys()).filter((row) => is(folds[row]));
