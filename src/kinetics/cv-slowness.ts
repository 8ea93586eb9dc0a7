import { expectTimes } from '../sampling/index.js';
import { expectNumber, expectNumbers, expectObject, expectWhole, expectFloats } from '../support/index.js';
import { expectSegments, type Segment } from '../frames/index.js';
import { cvBasins, type CvBasins } from './cv-basins.js';
import { isCrossed } from './crossed.js';
import { slowProcesses, type HeldOutAutocorrelation } from './slow-processes.js';
import type { PairOptions } from './pairs.js';
import { quantileBins } from './quantile-bins.js';
import { timescaleOf, type TimescaleEstimate } from './timescale.js';

/** How slow a CV is. */
export interface CvSlowness {
  /** Of its slowest function at the lag, with its standard error. */
  autocorrelation: HeldOutAutocorrelation;
  /** Implied time scale in ps; absent where the frames tell none. */
  timescale?: TimescaleEstimate;
  /** Why they tell none. */
  noTimescale?: 'not crossed' | 'no decay' | 'faster than the lag';
}

export interface SlownessQuestion extends PairOptions {
  /** The CV `[frames]`. */
  cv: Float64Array;
  /** ps */
  time: Float64Array;
  segments: readonly Segment[];
  /** In frames. */
  lag: number;
  /** Between frames in ps. */
  spacing: number;
  /** Where they are known already. */
  basins?: CvBasins;
}

/**
 * How slow a CV is, whatever monotone function of it is written down: the autocorrelation, at the lag, of its slowest function
 * among those that are constant on its quantile bins, found and scored on different blocks of time; and its implied time
 * scale (Prinz et al. 2011, doi:10.1063/1.3565032), which a CV that no trajectory crosses does not have.
 * Undefined where trajectories are too short for the lag.
 * @throws LatentcvError `bad-data` for a constant CV
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function cvSlowness(question: SlownessQuestion): CvSlowness | undefined {
  expectObject(question, 'question');
  expectFloats(question.cv, 'cv');
  expectTimes(question.time, question.cv.length);
  expectSegments(question.segments, question.cv.length);
  expectWhole(question.lag, 'lag', 1);
  expectNumber(question.spacing, 'spacing', { positive: true });
  if (question.weights) expectNumbers(question.weights, 'weights', question.cv.length);
  const { cv, time, segments, lag, spacing, basins, ...options } = question;
  const autocorrelation = cvAutocorrelation(cv, segments, lag, options);
  if (!autocorrelation) return undefined;
  if (!isCrossed(cv, basins ?? cvBasins(cv, time, segments, options.weights), segments))
    return { autocorrelation, noTimescale: 'not crossed' };
  const timescale = timescaleOf(autocorrelation, lag * spacing);
  if (timescale) return { autocorrelation, timescale };
  return { autocorrelation, noTimescale: autocorrelation.value >= 1 ? 'no decay' : 'faster than the lag' };
}

/** HeldOutAutocorrelation of a CV's slowest function at a lag in frames. */
export function cvAutocorrelation(
  cv: Float64Array,
  segments: readonly Segment[],
  lag: number,
  options: PairOptions = {},
): HeldOutAutocorrelation | undefined {
  const bins = quantileBins(cv, segments, lag, options);
  return slowProcesses({ groups: [bins] }, segments, lag, 1, options).at(0);
}

/** Why a CV has no time scale, in a sentence. */
export function withoutTimescale(name: string, reason: NonNullable<CvSlowness['noTimescale']>): string {
  if (reason === 'not crossed')
    return `no trajectory crosses between the states along ${name}: no time scale`;
  if (reason === 'no decay') return `nothing decays along ${name} within the lag: no time scale`;
  return `all along ${name} has decayed within the lag: no time scale`;
}
