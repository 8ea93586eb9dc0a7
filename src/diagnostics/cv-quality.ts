import { frameSpacing, type Dataset, type Segment } from '../frames/index.js';
import { LatentcvError } from '../support/errors.js';
import { cvBasins, type CvBarrier, type CvBasins } from './density-basins.js';
import { covariancesOf, addMoments, centred, laggedMoments, separateBlocks } from './lagged-moments.js';
import type { GradientSample } from './model-values.js';
import { roughness } from './roughness.js';
import { slowestProcess } from './slowest-process.js';
import { stateSeparation } from './state-separation.js';

/** What frames say of one CV before anything is biased along it. */
export interface CvQuality {
  /** Autocorrelation at the lag; absent where frames are not evenly spaced, or no trajectory is longer than the lag. */
  autocorrelation?: number;
  /** That of the slowest process found in the inputs, on held-out blocks of time. */
  slowest?: number;
  /** The first of the two against the second: how much of the slowest process the CV carries. */
  slowness?: number;
  /** Mean of the parts of two known states' frames that the best threshold puts on the right side. */
  balancedAccuracy?: number;
  /** Part of the CV's variance that lies between the two known states. */
  betweenStates?: number;
  /** Basins by minima of the density; see `cvBasins`. */
  basins: number;
  /** The barrier that was crossed least: crossings, frames between the cores, in the emptiest tenth of that stretch. */
  crossings?: number;
  framesBetween?: number;
  fewestBetween?: number;
  /** See `roughness`. */
  roughness?: number;
}

export interface CvQualityQuestion {
  /** The CV `[frames]`. */
  cv: Float64Array;
  /** ps */
  time: Float64Array;
  segments: readonly Segment[];
  /** ps */
  lag: number;
  /** Known state of each frame, 0 or 1; another number: none. */
  state?: ArrayLike<number>;
  /** What the CV is computed from, of the same frames. */
  inputs?: Dataset;
  /** Gradients of the model, and which of its CVs this is (default the first). */
  gradient?: GradientSample;
  component?: number;
  /** Where they are known already. */
  basins?: CvBasins;
}

/** @throws LatentcvError `bad-data` for a constant CV */
export function cvQuality(question: CvQualityQuestion): CvQuality {
  const { cv, time, segments, state, gradient, component = 0 } = question;
  const { basins, barriers } = question.basins ?? cvBasins(cv, time, segments);
  const rough = gradient && roughness(cv, component, gradient, barriers);
  return {
    ...slownessOf(question),
    ...(state && stateSeparation(cv, state)),
    basins: basins.length,
    ...(barriers.length > 0 && barrierNumbers(barriers)),
    ...(rough !== undefined && { roughness: rough }),
  };
}

function barrierNumbers(barriers: readonly CvBarrier[]) {
  const hardest = barriers.reduce((least, each) => (each.crossings < least.crossings ? each : least));
  const { crossings, frames, fewest } = hardest;
  return { crossings, framesBetween: frames, fewestBetween: fewest };
}

function slownessOf({ cv, time, segments, lag, inputs }: CvQualityQuestion) {
  const frames = lagFrames({ time, segments: [...segments] }, lag);
  const autocorrelation = frames === undefined ? undefined : autocorrelationAt(cv, segments, frames);
  if (frames === undefined || autocorrelation === undefined) return {};
  const slowest = inputs && slowestProcess(inputs, frames);
  return {
    autocorrelation,
    ...(slowest !== undefined && { slowest, slowness: autocorrelation / slowest }),
  };
}

/** The lag in whole frames, at least one; undefined where frames are not evenly spaced. */
export function lagFrames(frames: Pick<Dataset, 'time' | 'segments'>, lag: number): number | undefined {
  try {
    return Math.max(1, Math.round(lag / frameSpacing(frames).spacing));
  } catch (error) {
    if (error instanceof LatentcvError && error.code === 'bad-data') return undefined;
    throw error;
  }
}

/** Over all pairs `lag` frames apart, about their common mean; undefined where there are none. */
export function autocorrelationAt(
  cv: Float64Array,
  segments: readonly Segment[],
  lag: number,
): number | undefined {
  const table = centred({ values: cv, width: 1 });
  const moments = addMoments(
    separateBlocks(segments, segments.length).map((block) => laggedMoments(table, block, lag)),
  );
  if (moments.pairs === 0) return undefined;
  const { instantaneous, lagged } = covariancesOf(moments);
  return lagged.get(0, 0) / instantaneous.get(0, 0);
}
