import type { Dataset } from '../frames/index.js';
import {
  cvBasins,
  evenSpacing,
  jointClusters,
  lagFrames,
  quantileBins,
  type Basis,
  type CvBasins,
} from '../kinetics/index.js';
import type { CvQuality } from './cv-quality.js';
import { passingBeside, type PassingBeside } from './passing-beside.js';
import { partIfAsSlow, processBeyond, type PairTimes, type ProcessBeyond } from './process-beyond.js';
import { splitBasins, type SplitBasin } from './split-basins.js';
import { limits } from './limits.js';

/** A CV after the first, and what it tells that those before it do not. */
export interface OtherCv {
  name: string;
  quality: CvQuality;
  basins: CvBasins;
  /** The slowest process that it adds. */
  adds?: ProcessBeyond;
  /** That process's time scale as a part of the first CV's, where it is as slow. */
  asSlow?: number;
  /** Basins of the first CV that are two along this one. */
  splits: SplitBasin[];
  /** Basins of the first CV that trajectories pass beside, as this one tells. */
  passes: PassingBeside[];
}

/** A process of the inputs that none of the CVs carries. */
export interface HiddenProcess extends ProcessBeyond {
  /** Its time scale as a part of the first CV's, where it is as slow. */
  asSlow?: number;
}

/** CVs `[frames]` that vary, the first one judged already. */
export interface SeveralCvs {
  values: readonly Float64Array[];
  first: { quality: CvQuality; basins: CvBasins };
  frames: Pick<Dataset, 'time' | 'segments'>;
  /** ps */
  lag: number;
  weights?: ArrayLike<number>;
}

/** What a CV adds to those before it. */
export function addedBy(cvs: SeveralCvs, at: number): Omit<OtherCv, 'name' | 'quality' | 'basins'> {
  const { values, first, frames, lag, weights } = cvs;
  const [before, own] = [values.slice(0, at), values[at]];
  const times = pairTimes(cvs);
  const basis = { groups: [quantileBins(own), jointClusters([...before, own])] };
  const adds = times && processBeyond(before, basis, times);
  const asSlow = partIfAsSlow(adds, first.quality.slow?.timescale, lag);
  const two = { first: values[0], second: own, basins: first.basins, ...frames, ...(weights && { weights }) };
  return {
    ...(adds && { adds }),
    ...(asSlow !== undefined && { asSlow }),
    splits: splitBasins(two, limits.crossings),
    passes: passingBeside(two, limits.crossings),
  };
}

/** What the inputs know of beyond all CVs. */
export function hiddenProcess(cvs: SeveralCvs, inputs: Basis): HiddenProcess | undefined {
  const times = pairTimes(cvs);
  const found = times && processBeyond(cvs.values, inputs, times);
  const asSlow = partIfAsSlow(found, cvs.first.quality.slow?.timescale, cvs.lag);
  return found && { ...found, ...(asSlow !== undefined && { asSlow }) };
}

function pairTimes({ frames, lag: ps, weights }: SeveralCvs): PairTimes | undefined {
  const [lag, spacing] = [lagFrames(frames, ps), evenSpacing(frames)];
  if (lag === undefined || spacing === undefined) return undefined;
  return { segments: frames.segments, lag, spacing, ...(weights && { weights }) };
}

/** Basins of a CV; undefined for a constant one. */
export function basinsOf(
  cv: Float64Array,
  { time, segments }: Pick<Dataset, 'time' | 'segments'>,
  weights?: ArrayLike<number>,
): CvBasins | undefined {
  return cv.every((value) => value === cv[0]) ? undefined : cvBasins(cv, time, segments, weights);
}
