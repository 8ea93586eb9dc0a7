import { blockSpread, type BlockMoments, type CellSpread } from './block-moments.js';

/** Density of weighted frames per unit of the coordinates, with what is known of its error; NaN where nothing is. */
export interface LogDensity {
  /** Natural logarithm, `[y, x]`. */
  values: Float64Array;
  /** Standard error of it; NaN as well where the density rests on fewer than two blocks. */
  errors: Float64Array;
  /** Blocks behind the error. */
  blocks: number;
}

/** What one cell's moments say. */
export interface CellEstimate {
  logDensity: number;
  /** Derivatives of it by the moments. */
  factors: number[];
  /** What smoothing may have done to it. */
  bias: number;
}

/** A cell rests on samples where at least this many frames' worth of kernel lies on it. */
const leastSupport = 0.5;

/** Of one visit nobody knows how often it comes: the spread over fewer blocks than this says nothing. */
const fewestVisits = 2;

/**
 * The density in every cell with its standard error: the spread over the blocks, as in `analyseBlocks`, and beside
 * it, in squares, what smoothing may have done. `support` is the number of frames that each cell rests on, `spreadOf` gives the spread
 * of the cells that have a density by the factors of each.
 */
export function estimateCells(
  sums: BlockMoments,
  blocks: number,
  support: Float64Array,
  estimate: (cell: number) => CellEstimate,
  spreadOf = (factors: readonly (readonly number[] | undefined)[]): CellSpread => blockSpread(sums, factors),
): LogDensity {
  const values = new Float64Array(support.length).fill(NaN);
  const errors = new Float64Array(support.length).fill(NaN);
  const estimates = Array.from(support, (frames, cell) => {
    if (frames < leastSupport) return undefined;
    const found = estimate(cell);
    return Number.isFinite(found.logDensity) ? found : undefined;
  });
  const { variance, own } = spreadOf(estimates.map((each) => each?.factors));
  estimates.forEach((each, cell) => {
    if (!each) return;
    values[cell] = each.logDensity;
    if (1 / own[cell] >= fewestVisits) errors[cell] = Math.sqrt(variance[cell] + each.bias * each.bias);
  });
  return { values, errors, blocks };
}
