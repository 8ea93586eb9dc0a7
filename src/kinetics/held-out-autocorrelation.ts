import type { Matrix } from 'ml-matrix';
import { splitIntoBlocks, type FrameRange } from '../sampling/index.js';
import { addPairs, widthOf, type Basis, type Pairs } from './basis.js';
import { addMoments, covariancesOf, noMoments, type LaggedMoments } from './lagged-moments.js';
import { slowestDirection } from './slowest-direction.js';

/** An autocorrelation and its standard error (jackknife over blocks of time). */
export interface HeldOutAutocorrelation {
  value: number;
  error: number;
}

export interface HeldOutOptions {
  /** Weight of each frame; a pair weighs as its first frame. */
  weights?: ArrayLike<number>;
  /** Functions at the front of the basis that the slowest one must be uncorrelated with. */
  known?: number;
  /** Pairs of a stretch of frames; default: those `lag` frames apart. */
  pairsOf?: (range: FrameRange) => Pairs;
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
 * HeldOutAutocorrelation, `lag` frames apart, of the slowest combination of a basis: found on four fifths of the blocks of time and
 * scored on the fifth that was held out, over all fifths. A lower bound, as every variational estimate is, up to chance.
 * No pair reaches from one block into the next. Undefined where fewer than two folds have pairs.
 */
export function heldOutAutocorrelation(
  basis: Basis,
  segments: readonly FrameRange[],
  lag: number,
  options: HeldOutOptions = {},
): HeldOutAutocorrelation | undefined {
  const units = unitsOf(basis, segments, lag, options);
  const used = [...new Set(units.map(({ fold }) => fold))];
  if (used.length < 2) return undefined;
  const products = used.flatMap((fold) => {
    const others = covariancesOf(
      addMoments(units.filter((unit) => unit.fold !== fold).map(({ moments }) => moments)),
    );
    const direction = slowestDirection(others, options.known);
    if (!direction) return [];
    return units
      .filter((unit) => unit.fold === fold)
      .map(({ moments }) => alongDirection(moments, direction, others.mean));
  });
  return products.length < 2 ? undefined : ratioWithError(products);
}

/** Σ over pairs of the function's products with itself, at the lag and at once. */
interface Products {
  lagged: number;
  instantaneous: number;
}

function alongDirection(moments: LaggedMoments, direction: Matrix, mean: number[]): Products {
  const own = covariancesOf(moments, mean);
  const along = (matrix: Matrix): number =>
    moments.pairs * direction.transpose().mmul(matrix).mmul(direction).get(0, 0);
  return { lagged: along(own.lagged), instantaneous: along(own.instantaneous) };
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
function unitsOf(
  basis: Basis,
  segments: readonly FrameRange[],
  lag: number,
  { weights, pairsOf = (range) => plainPairs(range, lag, weights) }: HeldOutOptions,
): Unit[] {
  const units = new Map<number, Unit>();
  splitIntoBlocks(segments, folds * rounds).forEach((block, i) => {
    const fold = i % folds;
    const pairs = pairsOf(block);
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

function plainPairs({ start, end }: FrameRange, lag: number, weights?: ArrayLike<number>): Pairs {
  const now = Int32Array.from({ length: Math.max(0, end - start - lag) }, (_, i) => start + i);
  return {
    now,
    later: now.map((frame) => frame + lag),
    ...(weights && { weight: Float64Array.from(now, (frame) => weights[frame]) }),
  };
}
