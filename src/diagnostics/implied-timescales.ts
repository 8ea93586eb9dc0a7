import type { FrameRange } from '../sampling/index.js';
import { impliedTimescale, slowDirections } from '../models/index.js';
import { Random } from '../training/random.js';
import {
  addMoments,
  centred,
  covariancesOf,
  laggedMoments,
  overlappingBlocks,
  type LaggedMoments,
  type Table,
} from './lagged-moments.js';

/** A time scale in ps with the central 68 % of what resampled trajectories give. */
export interface TimescaleEstimate {
  value: number;
  lower: number;
  upper: number;
}

/** Implied time scales at one lag, slowest first. */
export interface TimescalesAtLag {
  /** ps */
  lag: number;
  timescales: TimescaleEstimate[];
}

export interface TimescaleOptions {
  /** In frames; default: 1, 2, 5, 10, … up to a tenth of the longest trajectory. */
  lags?: readonly number[];
  /** Blocks of time that are drawn anew; they must be longer than the slowest process. Default 40. */
  blocks?: number;
  /** Default 200. */
  resamples?: number;
  seed?: number;
}

/**
 * Implied time scales t = −τ/ln λ of CVs `[frames, k]`, λ the eigenvalues of TICA on them at the lag τ (covariances
 * symmetric in time), with errors by block bootstrap: blocks of each trajectory are drawn with replacement (Künsch
 * 1989, doi:10.1214/aos/1176347265). A time scale that is the same at all lags is of a process that the CVs follow.
 * @param spacing between frames in ps
 */
export function impliedTimescales(
  cv: Table,
  segments: readonly FrameRange[],
  spacing: number,
  options: TimescaleOptions = {},
): TimescalesAtLag[] {
  const { blocks: count = 40, resamples = 200, seed = 1 } = options;
  const table = centred(cv);
  const blocks = overlappingBlocks(segments, count);
  return (options.lags ?? defaultLags(segments)).flatMap((lag) => {
    const parts = blocks.map((block) => laggedMoments(table, block, lag)).filter(({ pairs }) => pairs > 0);
    if (parts.length < 2) return [];
    const ps = lag * spacing;
    const values = timescalesOf(parts, ps);
    const drawn = resampled(parts, ps, resamples, new Random(seed));
    return [{ lag: ps, timescales: values.map((value, i) => ({ value, ...central(drawn, i) })) }];
  });
}

/** 1, 2, 5, 10, … up to a tenth of the longest trajectory. */
export function defaultLags(segments: readonly FrameRange[]): number[] {
  const longest = Math.max(...segments.map(({ start, end }) => end - start)) / 10;
  const lags: number[] = [];
  for (let decade = 1; decade <= longest; decade *= 10) lags.push(decade, 2 * decade, 5 * decade);
  return lags.filter((lag) => lag <= longest);
}

function timescalesOf(parts: readonly LaggedMoments[], lag: number): number[] {
  const { eigenvalues } = slowDirections(covariancesOf(addMoments(parts)));
  return eigenvalues.map((value) => impliedTimescale(value, lag));
}

function resampled(
  parts: readonly LaggedMoments[],
  lag: number,
  resamples: number,
  random: Random,
): number[][] {
  const any = (): LaggedMoments => parts[Math.floor(random.uniform(0, parts.length))];
  return Array.from({ length: resamples }, () => timescalesOf(parts.map(any), lag));
}

function central(drawn: readonly number[][], index: number): { lower: number; upper: number } {
  const sorted = drawn.map((values) => values[index]).sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.round(part * (sorted.length - 1))];
  return { lower: at(0.16), upper: at(0.84) };
}
