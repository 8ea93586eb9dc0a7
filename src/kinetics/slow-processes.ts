import type { Matrix } from 'ml-matrix';
import { slowDirections } from '../models/index.js';
import type { Segment } from '../frames/index.js';
import { splitIntoBlocks } from '../sampling/index.js';
import { addPairs, widthOf, type Basis } from './basis.js';
import { addMoments, covariancesOf, noMoments, type LaggedMoments } from './lagged-moments.js';
import { pairsWithin, type PairOptions } from './pairs.js';

/** An autocorrelation at a lag and its standard error (jackknife over blocks of time). */
export interface HeldOutAutocorrelation {
  value: number;
  error: number;
}

/** Blocks of time are dealt to so many folds in turn, so many to each; each is resampled in so many parts. */
const folds = 5;
const rounds = 2;
const parts = 4;

/** A part of a held-out block, whose pairs are left out together when the error is estimated. */
interface Unit {
  fold: number;
  moments: LaggedMoments;
}

/**
 * Autocorrelations, `lag` frames apart, of the `count` slowest combinations of a basis, slowest first: found on four fifths of
 * the blocks of time and scored on the fifth that was held out, over all fifths. Lower bounds, as every variational
 * estimate is, up to chance. No pair reaches from one block into the next. Empty where fewer than two folds have pairs.
 */
export function slowProcesses(
  basis: Basis,
  segments: readonly Segment[],
  lag: number,
  count: number,
  options: PairOptions = {},
): HeldOutAutocorrelation[] {
  const units = unitsOf(basis, segments, lag, options);
  const used = [...new Set(units.map(({ fold }) => fold))];
  if (used.length < 2) return [];
  const products: Products[][] = Array.from({ length: Math.min(count, widthOf(basis)) }, () => []);
  for (const fold of used) {
    const others = covariancesOf(addMoments(momentsIf(units, (unit) => unit.fold !== fold)));
    const { directions } = slowDirections(others);
    for (const moments of momentsIf(units, (unit) => unit.fold === fold))
      products.forEach((list, i) => list.push(productsAlong(moments, directions, i, others.mean)));
  }
  return products.flatMap((list) => ratioWithError(list) ?? []);
}

const momentsIf = (units: readonly Unit[], holds: (unit: Unit) => boolean): LaggedMoments[] =>
  units.filter(holds).map(({ moments }) => moments);

/** Sums over pairs of the products of a function with itself, at the lag and at once. */
interface Products {
  lagged: number;
  instantaneous: number;
}

/** Of the function along a direction, about a mean. */
function productsAlong(
  { pairs, sum, instantaneous, lagged }: LaggedMoments,
  directions: Matrix,
  index: number,
  mean: readonly number[],
): Products {
  const direction = directions.getColumn(index);
  const [shift, total] = [dot(direction, mean), dot(direction, sum)];
  const about = (square: Float64Array): number =>
    quadratic(direction, square) / 2 - shift * total + shift * shift * pairs;
  return { lagged: about(lagged), instantaneous: about(instantaneous) };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** vᵀ A v */
function quadratic(v: readonly number[], a: Float64Array): number {
  let sum = 0;
  v.forEach((vi, i) => (sum += vi * dot(v, a.subarray(i * v.length, (i + 1) * v.length))));
  return sum;
}

function ratioWithError(products: readonly Products[]): HeldOutAutocorrelation | undefined {
  const total = (name: keyof Products): number => products.reduce((sum, each) => sum + each[name], 0);
  const [lagged, instantaneous] = [total('lagged'), total('instantaneous')];
  if (!(instantaneous > 0)) return undefined;
  const without = products.map((each) => (lagged - each.lagged) / (instantaneous - each.instantaneous));
  const mean = without.reduce((sum, value) => sum + value / without.length, 0);
  const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    value: lagged / instantaneous,
    error: Math.sqrt((squares * (without.length - 1)) / without.length),
  };
}

/** Many short segments share units, so that memory does not grow with their number. */
function unitsOf(basis: Basis, segments: readonly Segment[], lag: number, options: PairOptions): Unit[] {
  const units = new Map<number, Unit>();
  splitIntoBlocks(segments, folds * rounds).forEach((block, i) => {
    const fold = i % folds;
    const pairs = pairsWithin(block, lag, options);
    const count = pairs.now.length;
    for (let part = 0; part < parts; part++) {
      const [from, to] = [Math.floor((count * part) / parts), Math.floor((count * (part + 1)) / parts)];
      if (to === from) continue;
      const key = (fold * rounds + (Math.floor(i / folds) % rounds)) * parts + part;
      const unit = units.get(key) ?? { fold, moments: noMoments(widthOf(basis)) };
      addPairs(unit.moments, basis, pairs, from, to);
      units.set(key, unit);
    }
  });
  return [...units.values()].filter(({ moments }) => moments.pairs > 0);
}
