import { expectNumber, expectNumbers, expectObject, expectFloats } from '../support/index.js';
import { expectDataset, type Dataset, type RunSegment } from '../frames/index.js';
import {
  cvBasins,
  cvSlowness,
  evenSpacing,
  lagFrames,
  type CvBarrier,
  type CvBasins,
  type CvSlowness,
} from '../kinetics/index.js';
import type { GradientSample } from './model-values.js';
import { roughness } from './roughness.js';
import { slowestProcess } from './slowest-process.js';
import { stateSeparation } from './state-separation.js';

/** What frames say of one CV before anything is biased along it. */
export interface CvQuality {
  /** See `cvSlowness`; absent where frames are not evenly spaced, or trajectories are too short for the lag. */
  slow?: CvSlowness;
  /** HeldOutAutocorrelation of the slowest process found in the inputs, on held-out blocks of time. */
  slowest?: number;
  /** The CV's autocorrelation against that: how much of the slowest process the CV carries. */
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
  segments: readonly RunSegment[];
  /** ps */
  lag: number;
  /** Of the frames, mean 1; default: all weigh alike. */
  weights?: ArrayLike<number>;
  /** Known state of each frame, 0 or 1; another number: none. */
  state?: ArrayLike<number>;
  /** What the CV is computed from, of the same frames. */
  inputs?: Dataset;
  /** HeldOutAutocorrelation of the slowest process in them, where it is known already. */
  slowest?: number;
  /** Gradients of the model, and which of its CVs this is (default the first). */
  gradient?: GradientSample;
  component?: number;
  /** Where they are known already. */
  basins?: CvBasins;
}

/**
 * @throws LatentcvError `bad-data` for a constant CV
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function cvQuality(question: CvQualityQuestion): CvQuality {
  expectObject(question, 'question');
  expectNumber(question.lag, 'lag', { positive: true });
  expectFloats(question.cv, 'cv');
  if (question.state) expectNumbers(question.state, 'state', question.cv.length);
  if (question.inputs) expectDataset(question.inputs, 'inputs');
  const { cv, time, segments, state, weights, gradient, component = 0 } = question;
  const all = question.basins ?? cvBasins(cv, time, segments, weights);
  const { basins, barriers } = all;
  const rough = gradient && roughness(cv, component, gradient, barriers);
  return {
    ...slownessOf(question, all),
    ...(state && stateSeparation(cv, state)),
    basins: basins.length,
    ...(barriers.length > 0 && barrierNumbers(barriers)),
    roughness: rough,
  };
}

function barrierNumbers(barriers: readonly CvBarrier[]) {
  const hardest = barriers.reduce((least, each) => (each.crossings < least.crossings ? each : least));
  const { crossings, frames, fewest } = hardest;
  return { crossings, framesBetween: frames, fewestBetween: fewest };
}

function slownessOf(question: CvQualityQuestion, basins: CvBasins) {
  const { cv, time, lag: ps, inputs, weights } = question;
  const segments = [...question.segments];
  const [lag, spacing] = [lagFrames({ time, segments }, ps), evenSpacing({ time, segments })];
  if (lag === undefined || spacing === undefined) return {};
  const weighing = weights && { weights };
  const slow = cvSlowness({ cv, time, segments, lag, spacing, basins, ...weighing });
  if (!slow) return {};
  const slowest = question.slowest ?? (inputs && slowestProcess(inputs, lag, weights)?.value);
  return {
    slow,
    ...(slowest !== undefined && { slowest, slowness: slow.autocorrelation.value / slowest }),
  };
}
