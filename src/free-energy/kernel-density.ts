import type { WeightedSample } from '../sampling/index.js';
import type { ErrorBlock } from './block-moments.js';
import { estimateCells, type CellEstimate, type LogDensity } from './cell-estimates.js';
import { axisValues, type DensityAxis, fineAxisFor } from './axes/index.js';
import { gaussianRows, kernelMoments, type KernelRows } from './kernel-rows.js';
import { fitLocally, type Ends, type LocalFit } from './local-fit.js';
import { hardEnds } from './walls.js';
import { densityMoments, densitySpread, type DensityBlocks } from './windows/index.js';

/**
 * Density by local fits under Gaussian kernels (`fitLocally`). What smoothing has done to a smooth density goes with h², so
 * that a third of the difference from an estimate with kernels twice as wide is that. At a wall the density may be
 * anything, so that within two bandwidths of one all of the difference counts, within one the largest that
 * is seen there. It is part of the error, and small beside the rest unless frames are very many.
 */
export function kernelDensity(
  sample: WeightedSample,
  axes: readonly DensityAxis[],
  blocks: DensityBlocks,
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
  const ownMoments = (amounts: Float64Array): Float64Array[] => momentsOf(amounts, rows);
  const sums = densityMoments(sample, blocks, fine, ownMoments);
  const [narrow, wide] = [momentsOf(sums.weights, rows), momentsOf(sums.weights, wideRows)];
  const ends = axes.map((axis) => endsAlong(axis, blocks.all));
  const cells = cellsOf(axes);
  const fits = cells.map((points, cell) =>
    fitAt(
      narrow,
      cell,
      points.map((point, axis) => ends[axis][point]),
    ),
  );
  const differences = cells.map((points, cell) => {
    const halved = points.map((point, axis) => ends[axis][point].map((end) => end / 2) as [number, number]);
    return fitAt(wide, cell, halved).logDensity - axes.length * Math.log(2) - fits[cell].logDensity;
  });
  const logUnit = axes.reduce((sum, { width }) => sum + Math.log(width), Math.log(sums.weight));
  const estimate = (cell: number): CellEstimate => ({
    logDensity: fits[cell].logDensity - logUnit,
    factors: fits[cell].factors,
    bias: smoothing(differences, cells[cell], ends, axes[0].axis.points),
  });
  const spread = densitySpread(sample, blocks, fine, ownMoments);
  return estimateCells(sums, blocks.all.length, momentsOf(sums.frames, rows)[0], estimate, spread);
}

/** The point on each axis of every cell. */
function cellsOf(axes: readonly DensityAxis[]): number[][] {
  const [columns, rows] = axes.map(({ axis }) => axis.points);
  return Array.from({ length: columns * (rows ?? 1) }, (_, cell) =>
    rows === undefined ? [cell] : [cell % columns, Math.floor(cell / columns)],
  );
}

/** What smoothing may have done to a cell, from the differences of all. */
function smoothing(
  differences: readonly number[],
  points: readonly number[],
  ends: readonly (readonly Ends[])[],
  columns: number,
): number {
  const strides = [1, columns];
  const cell = points.reduce((sum, point, axis) => sum + point * strides[axis], 0);
  let worst = Math.abs(differences[cell]);
  if (!points.some((point, axis) => isWithinOfWall(ends[axis][point], 2))) return worst / 3;
  points.forEach((point, axis) => {
    for (const step of [-1, 1]) {
      for (let other = point; isWithinOfWall(ends[axis][other], 1); other += step) {
        const difference = Math.abs(differences[cell + (other - point) * strides[axis]]);
        if (difference > worst) worst = difference;
      }
    }
  });
  return worst;
}

/** Whether a grid point is so many bandwidths from a wall; one that is not on the grid is not. */
const isWithinOfWall = (ends: Ends | undefined, bandwidths: number): boolean =>
  ends !== undefined && (ends[0] >= -bandwidths || ends[1] <= bandwidths);

const fitAt = (moments: readonly Float64Array[], cell: number, ends: readonly Ends[]): LocalFit =>
  fitLocally(
    moments.map((moment) => moment[cell]),
    ends,
  );

/** Distances of each grid point to the walls, in bandwidths; NaN outside of what was sampled. */
function endsAlong({ values, spread, axis, width }: DensityAxis, blocks: readonly ErrorBlock[]): Ends[] {
  const [lower, upper] = axis.periodic ? [-Infinity, Infinity] : hardEnds(values, blocks, spread, width);
  return Array.from(axisValues(axis, 'points'), (point) => {
    const outside = !axis.periodic && (point < spread.lower || point > spread.upper);
    return outside ? [NaN, NaN] : [(lower - point) / width, (upper - point) / width];
  });
}
