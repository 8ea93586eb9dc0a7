import { spreadOverBlocks, type BlockMoments } from './block-moments.js';

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
 * it, in squares, what smoothing may have done. `support` is the number of frames that each cell rests on.
 */
export function estimateCells(
  sums: BlockMoments,
  blocks: number,
  support: Float64Array,
  estimate: (cell: number) => CellEstimate,
): LogDensity {
  const effective = sums.weight ** 2 / sums.weightSquared;
  const values = new Float64Array(support.length).fill(NaN);
  const errors = new Float64Array(support.length).fill(NaN);
  support.forEach((frames, cell) => {
    if (frames < leastSupport) return;
    const { logDensity, factors, bias } = estimate(cell);
    if (!Number.isFinite(logDensity)) return;
    values[cell] = logDensity;
    const { squares, own } = spreadOverBlocks(sums, cell, factors);
    if (1 / own < fewestVisits) return;
    errors[cell] = Math.sqrt((squares * effective) / (effective - 1) + bias * bias);
  });
  return { values, errors, blocks };
}
