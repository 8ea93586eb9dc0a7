import type { WeightedSample } from '../sampling/reweight.js';
import { blockMoments, type Block } from './block-moments.js';
import { estimateCells, type LogDensity } from './cell-estimates.js';
import type { DensityAxis } from './density.js';
import { fineAxisFor } from './fine-axis.js';
import { axisValues } from './grid.js';
import { gaussianRows, kernelMoments, type KernelRows } from './kernel-rows.js';
import { fitLocally, type Ends, type LocalFit } from './local-fit.js';
import { hardEnds } from './walls.js';

/**
 * Density by local fits under Gaussian kernels (`fitLocally`). What smoothing has done to a smooth density goes with h², so
 * that a third of the difference from an estimate with kernels twice as wide is that; within two bandwidths of
 * a wall, where the density may be anything, all of the difference counts.
 */
export function kernelDensity(
  { weights }: WeightedSample,
  axes: readonly DensityAxis[],
  blocks: readonly Block[],
): LogDensity {
  const dimensions = axes.length === 1 ? 1 : 2;
  const fine = axes.map(({ values, axis, spread, width }) =>
    fineAxisFor(values, axis, spread, width, dimensions),
  );
  const [rows, wideRows] = [1, 2].map((times) =>
    axes.map(({ axis, width }, i) => gaussianRows(axis, fine[i], times * width)),
  );
  const momentsOf = (amounts: Float64Array, of: readonly KernelRows[]) =>
    kernelMoments(amounts, fine[0].nodes, of);
  const sums = blockMoments(weights, blocks, fine, (amounts) => momentsOf(amounts, rows));
  const moments = momentsOf(sums.weights, rows);
  const wideMoments = momentsOf(sums.weights, wideRows);
  const ends = endsOf(axes, blocks);
  const logUnit = axes.reduce((sum, { width }) => sum + Math.log(width), Math.log(sums.weight));
  return estimateCells(sums, blocks.length, momentsOf(sums.frames, rows)[0], (cell) => {
    const around = ends(cell);
    const { logDensity, factors } = fitAt(moments, cell, around);
    const wide = fitAt(wideMoments, cell, around.map(([lower, upper]) => [lower / 2, upper / 2] as const));
    const difference = wide.logDensity - axes.length * Math.log(2) - logDensity;
    const bias = around.some(isAtWall) ? difference : difference / 3;
    return { logDensity: logDensity - logUnit, factors, bias };
  });
}

const fitAt = (moments: readonly Float64Array[], cell: number, ends: readonly Ends[]): LocalFit =>
  fitLocally(
    moments.map((moment) => moment[cell]),
    ends,
  );

const isAtWall = ([lower, upper]: Ends): boolean => lower > -2 || upper < 2;

/** How far the walls of each axis are from a cell. */
function endsOf(axes: readonly DensityAxis[], blocks: readonly Block[]): (cell: number) => Ends[] {
  const perAxis = axes.map((axis) => endsAlong(axis, blocks));
  const columns = axes[0].axis.points;
  return (cell) =>
    perAxis.map((points, axis) => points[axis === 0 ? cell % columns : Math.floor(cell / columns)]);
}

/** Distances of each grid point to the walls, in bandwidths; NaN outside of what was sampled. */
function endsAlong({ values, spread, axis, width }: DensityAxis, blocks: readonly Block[]): Ends[] {
  const [lower, upper] = axis.periodic ? [-Infinity, Infinity] : hardEnds(values, blocks, spread, width);
  return Array.from(axisValues(axis, 'points'), (point) => {
    const outside = !axis.periodic && (point < spread.lower || point > spread.upper);
    return outside ? [NaN, NaN] : [(lower - point) / width, (upper - point) / width];
  });
}
