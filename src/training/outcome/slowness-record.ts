import {
  cvSlowness,
  evenSpacing,
  lagFrames,
  type CvSlowness,
  type PairOptions,
} from '../../kinetics/index.js';
import { rescaledPairs } from '../../sampling/index.js';
import { framesOfPairs } from '../frames-of-pairs.js';
import type { Prepared } from '../prepared.js';

/** How slow the CVs are, as they are written: what `latentcv inspect` finds on the same frames. */
export interface SlownessRecord {
  /** What the numbers are of, in words. */
  of: string;
  /** ps */
  lag: number;
  /** Frames that were looked at: of data that stay on disk, a sample. */
  frames: number;
  /** One for each CV; with reweighted time, time scales are those of the unbiased system. */
  cvs: CvSlowness[];
}

/**
 * @param cv row-major `[frames, k]`, spread, none constant
 * @returns undefined where frames are not evenly spaced or trajectories are too short for the lag
 */
export function slownessRecord(cv: Float64Array, prepared: Prepared): SlownessRecord | undefined {
  const { roles, settings } = prepared;
  const { time, frames } = roles.inputs;
  const { segments } = framesOfPairs(roles.inputs, roles, settings);
  const k = settings.latent;
  const [lag, spacing] = [lagFrames({ time, segments }, settings.lag), evenSpacing({ time, segments })];
  if (lag === undefined || spacing === undefined) return undefined;
  const options = pairing(prepared, lag);
  const cvs = Array.from({ length: k }, (_, j) => {
    const own = Float64Array.from({ length: frames }, (_, frame) => cv[frame * k + j]);
    return cvSlowness({ cv: own, time, segments, lag, spacing, ...options });
  }).flatMap((slow) => (slow ? [unbiased(slow, prepared)] : []));
  if (cvs.length < k) return undefined;
  const of = 'each CV as written: the slowest function of its quantile bins, on held-out blocks of time';
  return { of, lag: settings.lag, frames, cvs };
}

function pairing({ roles: { weights, pairWeights }, settings }: Prepared, lag: number): PairOptions {
  if (!weights) return {};
  if (!settings.reweightedTime) return { weights: pairWeights ?? weights };
  return { weights, pairsOf: (range) => rescaledPairs(range, lag, weights) };
}

/** Reweighted time is counted in the run's own length; the unbiased system takes longer by this. */
function unbiased(
  { timescale, ...slow }: CvSlowness,
  { roles: { logAcceleration = 0 }, settings: { reweightedTime } }: Prepared,
): CvSlowness {
  if (!timescale) return slow;
  const factor = reweightedTime ? Math.exp(logAcceleration) : 1;
  const { value, lower, upper } = timescale;
  return {
    ...slow,
    timescale: { value: factor * value, lower: factor * lower, upper: factor * upper },
  };
}
