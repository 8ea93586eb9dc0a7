import {
  jointClusters,
  quantileBins,
  slowProcesses,
  timescaleOf,
  type Basis,
  type TimescaleEstimate,
} from '../kinetics/index.js';
import type { Segment } from '../frames/index.js';

/** A slow process that is seen in one set of functions and not in another. */
export interface AddedProcess {
  /** ps */
  timescale: TimescaleEstimate;
  /** Against the time scale of the first CV. */
  part: number;
}

/** When pairs are taken. */
export interface PairTimes {
  segments: readonly Segment[];
  /** In frames. */
  lag: number;
  /** Between frames in ps. */
  spacing: number;
  weights?: ArrayLike<number>;
}

/** Processes that are looked at. */
const processCount = 4;
/** Two time scales are alike where the shorter one is at least this part of the longer. */
const alike = 0.5;

/** Time scales of the slowest processes of a basis, slowest first; undefined where one has none. */
export function timescalesOf(
  basis: Basis,
  { segments, lag, spacing, weights }: PairTimes,
): (TimescaleEstimate | undefined)[] {
  return slowProcesses(basis, segments, lag, processCount, { weights }).map((found) =>
    timescaleOf(found, lag * spacing),
  );
}

/** Functions of CVs `[frames]`, none constant: bins of each, and joint clusters of several. */
export function basisOf(cvs: readonly Float64Array[], { segments, lag, weights }: PairTimes): Basis {
  const bins = cvs.map((cv) => quantileBins(cv, segments, lag, { weights }));
  return { groups: [...bins, ...(cvs.length > 1 ? [jointClusters(cvs)] : [])] };
}

/**
 * The slowest process of a wider set of functions that a narrower one lacks: the first in order of which the narrower set's has
 * less than half of the time scale, where it is at least half as slow as `first` beyond its error, and no faster than the
 * lag, below which a time scale says nothing.
 */
export function addedProcess(
  wider: readonly (TimescaleEstimate | undefined)[],
  narrower: readonly (TimescaleEstimate | undefined)[],
  first: number,
  lag: number,
): AddedProcess | undefined {
  const found = wider.find(
    (timescale, i) => timescale && (narrower[i]?.value ?? 0) < alike * timescale.lower,
  );
  if (!found || found.lower < alike * first || found.value < lag) return undefined;
  return { timescale: found, part: found.value / first };
}
