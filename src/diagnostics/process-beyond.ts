import {
  heldOutAutocorrelation,
  jointClusters,
  quantileBins,
  timescaleOf,
  type HeldOutAutocorrelation,
  type Basis,
  type Labels,
  type TimescaleEstimate,
} from '../kinetics/index.js';
import type { FrameRange } from '../sampling/index.js';

/** A process that some CVs do not carry. */
export interface ProcessBeyond {
  /** At the lag, on held-out blocks of time. */
  autocorrelation: HeldOutAutocorrelation;
  /** ps; absent where none follows. */
  timescale?: TimescaleEstimate;
}

/** When pairs are taken. */
export interface PairTimes {
  segments: readonly FrameRange[];
  /** In frames. */
  lag: number;
  /** Between frames in ps. */
  spacing: number;
  weights?: ArrayLike<number>;
}

/**
 * The slowest process of a basis that is uncorrelated with every function of some CVs: of their quantile bins, and of joint
 * clusters where they are several.
 * @param cvs each `[frames]`, none constant
 */
export function processBeyond(
  cvs: readonly Float64Array[],
  basis: Basis,
  { segments, lag, spacing, weights }: PairTimes,
): ProcessBeyond | undefined {
  const known = setsOf(cvs);
  const autocorrelation = heldOutAutocorrelation(
    { ...basis, groups: [...known, ...basis.groups] },
    segments,
    lag,
    { known: known.reduce((sum, { count }) => sum + count, 0), ...(weights && { weights }) },
  );
  const timescale = autocorrelation && timescaleOf(autocorrelation, lag * spacing);
  return autocorrelation && { autocorrelation, ...(timescale && { timescale }) };
}

/** Sets of frames by which functions of CVs are told: bins of each, and clusters of all together. */
export function setsOf(cvs: readonly Float64Array[]): Labels[] {
  return [...cvs.map((cv) => quantileBins(cv)), ...(cvs.length > 1 ? [jointClusters(cvs)] : [])];
}

/** This part of the first CV's time scale, beyond errors, makes a process as slow. */
const asSlowFrom = 0.5;

/**
 * The time scale of a process as a part of another, where the two are alike: at least half of it by its lower error, and no
 * shorter than the lag, below which a time scale says nothing.
 */
export function partIfAsSlow(
  process: ProcessBeyond | undefined,
  first: TimescaleEstimate | undefined,
  lag: number,
): number | undefined {
  const { timescale } = process ?? {};
  if (!timescale || !first || timescale.value < lag) return undefined;
  return timescale.lower >= asSlowFrom * first.value ? timescale.value / first.value : undefined;
}
