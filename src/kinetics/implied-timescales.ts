import { expectList, expectNumber, expectNumbers, expectWhole } from '../support/index.js';
import { expectSegments, type Segment } from '../frames/index.js';
import { cvAutocorrelation } from './cv-slowness.js';
import type { PairOptions } from './pairs.js';
import { timescaleOf, type TimescaleEstimate } from './timescale.js';

/** Implied time scale of each CV at one lag; undefined where none follows from the frames. */
export interface TimescalesAtLag {
  /** ps */
  lag: number;
  timescales: (TimescaleEstimate | undefined)[];
}

/**
 * Implied time scales of CVs `[frames]`, each of its own slowest function, at several lags; see `cvSlowness`. A time scale
 * that is the same at all lags is of a process that the CV follows.
 * @param cvs those left undefined (which nothing crosses) have none
 * @param spacing between frames in ps
 * @param lags in frames; default: 1, 2, 5, 10, … up to a twentieth of the longest trajectory
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function impliedTimescales(
  cvs: readonly (Float64Array | undefined)[],
  segments: readonly Segment[],
  spacing: number,
  { lags = defaultLags(segments), ...options }: PairOptions & { lags?: readonly number[] } = {},
): TimescalesAtLag[] {
  expectList(cvs, 'cvs');
  expectNumber(spacing, 'spacing', { positive: true });
  for (const [i, cv] of cvs.entries()) {
    if (!cv) continue;
    expectNumbers(cv, `cvs[${i}]`);
    expectSegments(segments, cv.length);
    if (options.weights) expectNumbers(options.weights, 'weights', cv.length);
  }
  expectList(lags, 'lags');
  for (const lag of lags) expectWhole(lag, 'lags', 1);
  return lags.flatMap((lag) => {
    const timescales = cvs.map((cv) => {
      const found = cv && cvAutocorrelation(cv, segments, lag, options);
      return found && timescaleOf(found, lag * spacing);
    });
    return timescales.some((each) => each) ? [{ lag: lag * spacing, timescales }] : [];
  });
}

/** 1, 2, 5, 10, … up to a twentieth of the longest trajectory: half of a block of time. */
export function defaultLags(segments: readonly Segment[]): number[] {
  expectList(segments, 'segments');
  const longest = segments.reduce((most, { start, end }) => Math.max(most, end - start), 0) / 20;
  const lags: number[] = [];
  for (let decade = 1; decade <= longest; decade *= 10) lags.push(decade, 2 * decade, 5 * decade);
  return lags.filter((lag) => lag <= longest);
}
