import type { Dataset } from '../frames/index.js';
import {
  cvBasins,
  evenSpacing,
  lagFrames,
  type Basis,
  type CvBasins,
  type TimescaleEstimate,
} from '../kinetics/index.js';
import { addedProcess, basisOf, timescalesOf, type AddedProcess, type PairTimes } from './added-process.js';
import type { CvQuality } from './cv-quality.js';
import { limits } from './limits.js';
import { passingBeside, type PassingBeside } from './passing-beside.js';
import { splitBasins, type SplitBasin } from './split-basins.js';

/** A CV after the first, and what it tells that those before it do not. */
export interface OtherCv extends AddedByCv {
  name: string;
  quality: CvQuality;
  basins: CvBasins;
}

export interface AddedByCv {
  /** A process about as slow as the first CV that those before this one do not carry. */
  adds?: AddedProcess;
  /** Basins of the first CV that are two along this one. */
  splits: SplitBasin[];
  /** Basins of the first CV that trajectories pass beside, as this one tells. */
  passes: PassingBeside[];
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

/** What CVs carry together, one more after the other, and what the inputs hold beyond all of them. */
export function addedProcesses(
  cvs: SeveralCvs,
  inputs: Basis | undefined,
): { byCv: (AddedProcess | undefined)[]; hidden?: AddedProcess } {
  const [times, first] = [pairTimes(cvs), cvs.first.quality.slow?.timescale];
  if (!times || !first) return { byCv: [] };
  const carried = cvs.values.map((_, i) => timescalesOf(basisOf(cvs.values.slice(0, i + 1), times), times));
  const added = (wider: Timescales, narrower: Timescales): AddedProcess | undefined =>
    addedProcess(wider, narrower, first.value, cvs.lag);
  const hidden = inputs && added(timescalesOf(inputs, times), carried.at(-1)!);
  return {
    byCv: carried.slice(1).map((own, i) => added(own, carried[i])),
    hidden,
  };
}

type Timescales = readonly (TimescaleEstimate | undefined)[];

/** Ways in which the first CV mixes what another, `second`, tells apart. */
export function mixedBy(
  { values, first, frames, weights }: SeveralCvs,
  second: Float64Array,
): Pick<AddedByCv, 'splits' | 'passes'> {
  const two = { first: values[0], second, basins: first.basins, ...frames, weights };
  return {
    splits: splitBasins(two, limits.crossings),
    passes: passingBeside(two, limits.crossings),
  };
}

function pairTimes({ frames, lag: ps, weights }: SeveralCvs): PairTimes | undefined {
  const [lag, spacing] = [lagFrames(frames, ps), evenSpacing(frames)];
  if (lag === undefined || spacing === undefined) return undefined;
  return { segments: frames.segments, lag, spacing, weights };
}

/** Basins of a CV; undefined for a constant one. */
export function basinsOf(
  cv: Float64Array,
  { time, segments }: Pick<Dataset, 'time' | 'segments'>,
  weights?: ArrayLike<number>,
): CvBasins | undefined {
  return cv.every((value) => value === cv[0]) ? undefined : cvBasins(cv, time, segments, weights);
}
