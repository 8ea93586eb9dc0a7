import type { Numbers } from '../sampling/index.js';
import { binnedDensity } from './density.js';
import type { ValueTable } from './lagged-moments.js';

/** Domain of a CV, undefined where it is not periodic. */
export type Period = readonly [number, number] | undefined;

/**
 * A table whose periodic columns are given by their sines and cosines: sines where the columns were, cosines behind all of them, so that
 * values on both sides of an end of the domain are near to one another.
 * @param periods of the columns, in their order
 */
export function onCircles(table: ValueTable, periods: readonly Period[]): ValueTable {
  const circular = periods.flatMap((period, j) => (period ? [{ j, period }] : []));
  if (circular.length === 0) return table;
  const { values, width } = table;
  const wide = width + circular.length;
  const out = new Float64Array((values.length / width) * wide);
  for (let frame = 0; frame < values.length / width; frame++) {
    const own = values.subarray(frame * width, (frame + 1) * width);
    out.set(own, frame * wide);
    circular.forEach(({ j, period: [lower, upper] }, i) => {
      const phase = (2 * Math.PI * own[j]) / (upper - lower);
      out[frame * wide + j] = Math.sin(phase);
      out[frame * wide + width + i] = Math.cos(phase);
    });
  }
  return { values: out, width: wide };
}

/** Values of a periodic CV, from `origin` on for one period: what is beyond an end of the domain is not cut off from what is before. */
export interface OpenedCircle {
  values: Float64Array;
  origin: number;
}

/** A periodic CV cut open where the frames are fewest, and not where its domain ends. */
export function openedCircle(
  cv: Numbers,
  [lower, upper]: readonly [number, number],
  weights?: ArrayLike<number>,
): OpenedCircle {
  const length = upper - lower;
  const origin = emptiest(cv, weights) ?? lower;
  return {
    values: Float64Array.from(cv, (value) => value - length * Math.floor((value - origin) / length)),
    origin,
  };
}

/** Where the density is lowest. */
function emptiest(cv: Numbers, weights?: ArrayLike<number>): number | undefined {
  const density = binnedDensity(cv, weights);
  if (!density) return undefined;
  const { at, value } = density;
  return at[value.indexOf(value.reduce((least, each) => Math.min(least, each)))];
}
