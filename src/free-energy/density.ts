import type { Numbers } from '../sampling/numbers.js';
import { effectiveSampleSize, type WeightedSample } from '../sampling/reweight.js';
import { bandwidthOf } from './bandwidth.js';
import { blockMoments, blocksOf, spreadOverBlocks, type Block, type BlockMoments } from './block-moments.js';
import { coordinateSpread, type CoordinateSpread } from './coordinate-spread.js';
import { binsFor, fineAxisFor, type FineAxis } from './fine-axis.js';
import { axisFor, axisSpacing, axisValues, type AxisOptions, type GridAxis } from './grid.js';
import { binRows, gaussianRows, kernelMoments, type KernelRows } from './kernel-rows.js';
import { fitLocally, type Ends } from './local-fit.js';
import { fewestBlocksOf } from './profile-blocks.js';
import { hardEnds } from './walls.js';

/** One coordinate of a density: its values `[frames]`, where they lie, the grid, and the width of kernels or bins. */
export interface DensityAxis {
  values: Numbers;
  spread: CoordinateSpread;
  axis: GridAxis;
  width: number;
}

export type Method = 'kde' | 'histogram';

/** Density of weighted frames per unit of the coordinates, with what is known of its error; NaN where nothing is. */
export interface LogDensity {
  /** Natural logarithm, `[y, x]`. */
  values: Float64Array;
  /** Standard error of it. */
  errors: Float64Array;
  /** Blocks behind the error. */
  blocks: number;
}

/** A cell rests on samples where at least this many frames' worth of kernel lies on it. */
const leastSupport = 0.5;

/** So many blocks are plenty for an error (to 4 and 7 %), and longer ones are never wrong. */
const mostBlocks = { 1: 400, 2: 100 } as const;

/** One coordinate as the options ask for it. */
export function densityAxis(
  values: Numbers,
  sample: WeightedSample,
  method: Method,
  dimensions: 1 | 2,
  options: AxisOptions = {},
  bandwidth?: number,
): DensityAxis {
  const spread = coordinateSpread(values, sample);
  const axis = axisFor(spread, { ...options, points: options.points ?? (dimensions === 1 ? 200 : 100) });
  const width =
    method === 'histogram'
      ? axisSpacing(axis, 'bins')
      : (bandwidth ?? bandwidthOf(spread, sample.effectiveSize, dimensions, options));
  return { values, spread, axis, width };
}

/** The density over one or two coordinates; `blocks` is the number of blocks for the error. */
export function logDensity(
  sample: WeightedSample,
  axes: readonly DensityAxis[],
  method: Method,
  blocks?: number,
): LogDensity {
  const most = mostBlocks[axes.length as 1 | 2];
  const parts = blocksOf(sample.ranges, blocks ?? Math.min(most, fewestBlocksOf(sample, axes)), most);
  return method === 'histogram' ? byBins(sample, axes, parts) : byKernels(sample, axes, parts);
}

function byBins(
  { weights }: WeightedSample,
  axes: readonly DensityAxis[],
  blocks: readonly Block[],
): LogDensity {
  const fine = axes.map(({ values, axis }) => binsFor(values, axis));
  const sums = blockMoments(weights, blocks, fine, (amounts) => [amounts.slice()]);
  const volume = axes.reduce((product, { width }) => product * width, 1);
  return assemble(sums, blocks.length, sums.frames, (cell) => ({
    logDensity: Math.log(sums.weights[cell] / sums.weight / volume),
    factors: [1 / sums.weights[cell]],
    bias: 0,
  }));
}

/**
 * By local fits under Gaussian kernels. Their smoothing is off by a term in h², which a second estimate with twice
 * the width has four times: a third of the difference is that term, and part of the error.
 */
function byKernels(
  { weights }: WeightedSample,
  axes: readonly DensityAxis[],
  blocks: readonly Block[],
): LogDensity {
  const dimensions = axes.length as 1 | 2;
  const fine = axes.map(({ values, axis, spread, width }) =>
    fineAxisFor(values, axis, spread, width, dimensions),
  );
  const [rows, wide] = [1, 2].map((times) =>
    axes.map(({ axis, width }, i) => gaussianRows(axis, fine[i], times * width)),
  );
  const across = fine[0].nodes;
  const sums = blockMoments(weights, blocks, fine, (amounts) => kernelMoments(amounts, across, rows));
  const moments = kernelMoments(sums.weights, across, rows);
  const wider = kernelMoments(sums.weights, across, wide);
  const [support] = kernelMoments(sums.frames, across, rows);
  const ends = axes.map((axis) => endsFrom(axis, blocks));
  const logVolume = axes.reduce((sum, { width }) => sum + Math.log(width), Math.log(sums.weight));
  const pick = (all: readonly Float64Array[], cell: number) => all.map((moment) => moment[cell]);
  return assemble(sums, blocks.length, support, (cell) => {
    const [row, column] = [Math.floor(cell / axes[0].axis.points), cell % axes[0].axis.points];
    const around = ends.map((perPoint, axis) => perPoint[axis === 0 ? column : row]);
    const { logDensity, factors } = fitLocally(pick(moments, cell), around);
    const twice = fitLocally(pick(wider, cell), around.map(([low, high]) => [low / 2, high / 2] as const));
    const smoothed = twice.logDensity - axes.length * Math.log(2) - logDensity;
    return { logDensity: logDensity - logVolume, factors, bias: smoothed / 3 };
  });
}

/** Distances of each grid point to the walls, in bandwidths; NaN outside of what was sampled. */
function endsFrom({ values, spread, axis, width }: DensityAxis, blocks: readonly Block[]): Ends[] {
  const [lower, upper] = axis.periodic ? [-Infinity, Infinity] : hardEnds(values, blocks, spread, width);
  return Array.from(axisValues(axis, 'points'), (point) => {
    const outside = !axis.periodic && (point < spread.lower || point > spread.upper);
    return outside ? [NaN, NaN] : [(lower - point) / width, (upper - point) / width];
  });
}

interface CellEstimate {
  logDensity: number;
  factors: number[];
  /** What smoothing may have done to it. */
  bias: number;
}

function assemble(
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
    const { squares, own } = spreadOverBlocks(sums, cell, factors);
    values[cell] = logDensity;
    errors[cell] = Math.sqrt((squares * effective) / (effective - 1) + bias * bias);
    if (process.env.KISH && 1/own < Number(process.env.KISH)) errors[cell] = NaN;
  });
  return { values, errors, blocks };
}
export { effectiveSampleSize, binRows };
export type { FineAxis, KernelRows };
