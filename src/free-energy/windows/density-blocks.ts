import type { WeightedSample } from '../../sampling/index.js';
import { blockMoments, type BlockMoments, type CellSpread, type ErrorBlock } from '../block-moments.js';
import type { FineAxis } from '../axes/index.js';
import { windowSpread, type CellDerivatives, type WindowBlock } from './window-spread.js';

/** The blocks that a density's error comes from. */
export interface DensityBlocks {
  all: readonly ErrorBlock[];
  /** The same where they are of windows. */
  windows?: readonly WindowBlock[];
}

/** Moments of a density; over blocks of windows no products are needed. */
export function densityMoments(
  { weights, ranges }: WeightedSample,
  { all, windows }: DensityBlocks,
  axes: readonly FineAxis[],
  momentsOf: CellDerivatives['momentsOf'],
): BlockMoments {
  return blockMoments(weights, windows ? [ranges] : all, axes, momentsOf);
}

/** What gives the spread of its cells over blocks of windows; undefined where the moments tell it. */
export function densitySpread(
  { mbar, weights }: WeightedSample,
  { windows }: DensityBlocks,
  axes: readonly FineAxis[],
  momentsOf: CellDerivatives['momentsOf'],
): ((factors: CellDerivatives['factors']) => CellSpread) | undefined {
  if (!mbar || !windows) return undefined;
  return (factors) => windowSpread({ mbar, weights }, windows, { axes, momentsOf, factors });
}
