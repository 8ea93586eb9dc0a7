import { invalidArgument } from '../support/index.js';
import type { Numbers, WeightedSample } from '../sampling/index.js';
import { bandwidthOf } from './bandwidth.js';
import { blocksOf } from './block-moments.js';
import { estimateCells, type CellEstimate, type LogDensity } from './cell-estimates.js';
import {
  axisFor,
  type AxisOptions,
  axisSpacing,
  binsFor,
  coordinateSpread,
  type DensityAxis,
} from './axes/index.js';
import { kernelDensity } from './kernel-density.js';
import { fewestBlocksOf } from './profile-blocks.js';
import {
  densityMoments,
  densitySpread,
  windowBlocksOf,
  type DensityBlocks,
  type WindowBlock,
} from './windows/index.js';

export type DensityMethod = 'kde' | 'histogram';

/** So many blocks are plenty for an error (known to 4 and 7 % then), and longer ones are never wrong. */
const mostBlocks = [400, 100] as const;
/** Of windows each has blocks of its own. */
const mostWindowBlocks = [1000, 300] as const;

/**
 * One coordinate as the options ask for it.
 * @throws `bad-data` where a kept value is not finite.
 */
export function densityAxis(
  values: Numbers,
  sample: WeightedSample,
  method: DensityMethod,
  dimensions: 1 | 2,
  { bandwidth, ...options }: AxisOptions & { bandwidth?: number | undefined } = {},
): DensityAxis {
  if (bandwidth !== undefined && !(bandwidth > 0 && bandwidth < Infinity)) {
    throw invalidArgument('a positive number', 'the bandwidth', bandwidth);
  }
  const { period } = options;
  const widest = period && 100 * (period[1] - period[0]);
  if (widest !== undefined && bandwidth !== undefined && bandwidth > widest)
    throw invalidArgument(`at most a hundred periods, ${widest},`, 'the bandwidth', bandwidth);
  const spread = coordinateSpread(values, sample);
  const axis = axisFor(spread, { ...options, points: options.points ?? (dimensions === 1 ? 200 : 100) });
  const kernel = () => bandwidth ?? bandwidthOf(spread, sample.effectiveSize, dimensions, options);
  return { values, spread, axis, width: method === 'histogram' ? axisSpacing(axis, 'bins') : kernel() };
}

/** The density over one or two coordinates; `count` is the number of blocks for its error, else `profileBlocks`. */
export function logDensity(
  sample: WeightedSample,
  axes: readonly DensityAxis[],
  method: DensityMethod,
  count?: number,
): LogDensity {
  const blockCount = Math.max(count ?? 0, mostBlocks[axes.length - 1]);
  const blocks = sample.mbar
    ? windowedBlocks(windowBlocksOf(sample.mbar, axes, mostWindowBlocks[axes.length - 1], count))
    : { all: blocksOf(sample.ranges, count ?? fewestBlocksOf(sample, axes), blockCount) };
  return method === 'histogram' ? binDensity(sample, axes, blocks) : kernelDensity(sample, axes, blocks);
}

const windowedBlocks = (windows: readonly WindowBlock[]): DensityBlocks => ({
  all: windows.map(({ range }) => [range]),
  windows,
});

/** Mean densities in bins. */
function binDensity(sample: WeightedSample, axes: readonly DensityAxis[], blocks: DensityBlocks): LogDensity {
  const fine = axes.map(({ values, axis }) => binsFor(values, axis));
  const momentsOf = (amounts: Float64Array): Float64Array[] => [amounts];
  const sums = densityMoments(sample, blocks, fine, momentsOf);
  const volume = axes.reduce((product, { width }) => product * width, sums.weight);
  const estimate = (cell: number): CellEstimate => ({
    logDensity: Math.log(sums.weights[cell] / volume),
    factors: [1 / sums.weights[cell]],
    bias: 0,
  });
  const spread = densitySpread(sample, blocks, fine, momentsOf);
  return estimateCells(sums, blocks.all.length, sums.frames, estimate, spread);
}
