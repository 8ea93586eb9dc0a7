import { shortfall, type Want } from './wants.js';

/** Loss of a row by its properties, with the slope by each property. */
export type Aim = (property: Float64Array) => { loss: number; slopes: Float64Array };

/** What is wanted, by the columns of the properties and their deviations. */
export interface Wanted {
  wants: readonly Want[];
  /** Column of each want's property. */
  columns: readonly number[];
  /** Deviation of each want's property over the training rows. */
  scales: readonly number[];
}

/** What each want's property lacks. */
export const shortfalls = ({ wants, columns, scales }: Wanted, property: ArrayLike<number>): number[] =>
  wants.map((want, i) => shortfall(want, property[columns[i]], scales[i]).loss);

/** The sum of what all wants lack. */
export function sumOf({ wants, columns, scales }: Wanted): Aim {
  return (property) => {
    const slopes = new Float64Array(property.length);
    let loss = 0;
    wants.forEach((want, i) => {
      const part = shortfall(want, property[columns[i]], scales[i]);
      loss += part.loss;
      slopes[columns[i]] += part.slope;
    });
    return { loss, slopes };
  };
}

/** Part of the sum beside the largest, so that none is left behind where another decides (Steuer & Choo 1983). */
const ofTheSum = 0.05;

/**
 * The largest of the wants' weighed shortfalls beyond the best of each (the augmented Chebyshev norm, Steuer & Choo 1983,
 * doi:10.1007/BF02591870): over all weights its minima are the Pareto front, also where that is not convex.
 */
export function largestOf(
  { wants, columns, scales }: Wanted,
  weights: readonly number[],
  ideal: readonly number[],
): Aim {
  return (property) => {
    const parts = wants.map((want, i) => shortfall(want, property[columns[i]], scales[i]));
    const beyond = parts.map(({ loss }, i) => weights[i] * (loss - ideal[i]));
    const most = beyond.indexOf(Math.max(...beyond));
    const slopes = new Float64Array(property.length);
    parts.forEach(
      ({ slope }, i) => (slopes[columns[i]] += weights[i] * slope * ((i === most ? 1 : 0) + ofTheSum)),
    );
    return { loss: beyond[most] + ofTheSum * beyond.reduce((a, b) => a + b, 0), slopes };
  };
}

/** Places of the rows that no other beats in one want without losing in another. */
export function notDominated(rows: readonly (readonly number[])[]): number[] {
  const beats = (a: readonly number[], b: readonly number[]): boolean =>
    a.every((value, i) => value <= b[i]) && a.some((value, i) => value < b[i]);
  return rows.flatMap((row, i) => (rows.some((other) => beats(other, row)) ? [] : [i]));
}
