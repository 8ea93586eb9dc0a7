import { cvBasins, type CvBasins } from '../kinetics/index.js';
import type { Segment } from '../frames/index.js';
import { framesIn } from '../sampling/index.js';
import { lastCores } from './last-core.js';

/** A basin of one CV that is two along another. */
export interface SplitBasin {
  /** From 0, along the first CV. */
  basin: number;
  /** Part of all frames that are in it. */
  fraction: number;
  /** How often a trajectory went from one side to the other without leaving the basin. */
  crossings: number;
  /** Basins of the second CV among the frames of this one. */
  along: CvBasins;
}

/** A side with less than this part of a basin's frames is not looked at. */
const smallestSide = 0.05;
/** Exchange is slow where it takes at least this part of the time that the first CV's hardest barrier takes. */
const asSlowFrom = 0.5;

export interface TwoCvs {
  /** Both `[frames]`. */
  first: Float64Array;
  second: Float64Array;
  /** Along the first. */
  basins: CvBasins;
  /** ps */
  time: Float64Array;
  segments: readonly Segment[];
  weights?: ArrayLike<number>;
}

/**
 * Basins of a CV within which another has two basins whose exchange is seen less than `fewest` times, or is about as slow
 * as the first CV's own hardest barrier (two states relax in 2 p q N/n frames, n the crossings in N frames).
 */
export function splitBasins(cvs: TwoCvs, fewest: number): SplitBasin[] {
  const { first, basins, segments } = cvs;
  const last = lastCores(first, basins.basins, segments);
  const slowest = slowestExchange(basins, framesIn(segments));
  return basins.basins.flatMap((_, basin) => {
    const inside = framesOf(cvs, last, basin);
    const along = alongSecond(cvs, inside);
    if (!along) return [];
    const parting = along.barriers.filter((barrier, i) => {
      const side = sideOf(along, i);
      if (Math.min(side, 1 - side) < smallestSide) return false;
      const n = barrier.crossings;
      const frames = relaxation(side, inside.frames.length, n + Math.sqrt(n));
      return n < fewest || (slowest !== undefined && frames >= asSlowFrom * slowest);
    });
    if (parting.length === 0) return [];
    const crossings = Math.min(...parting.map((barrier) => barrier.crossings));
    return [{ basin, fraction: basins.basins[basin].fraction, crossings, along }];
  });
}

/** Part of the frames below a barrier. */
function sideOf({ basins }: CvBasins, barrier: number): number {
  const count = (part: CvBasins['basins']): number => part.reduce((sum, { frames }) => sum + frames, 0);
  return count(basins.slice(0, barrier + 1)) / count(basins);
}

const relaxation = (side: number, frames: number, crossings: number): number =>
  (2 * side * (1 - side) * frames) / crossings;

function slowestExchange(basins: CvBasins, frames: number): number | undefined {
  const times = basins.barriers.map(({ crossings }, i) => relaxation(sideOf(basins, i), frames, crossings));
  return times.length > 0 ? Math.max(...times) : undefined;
}

interface Inside {
  frames: number[];
  /** Of these frames: stretches in which the trajectory did not visit another core. */
  ranges: Segment[];
}

function framesOf({ first, basins, segments }: TwoCvs, last: Int32Array, basin: number): Inside {
  const { lower, upper } = basins.basins[basin];
  const inside: Inside = { frames: [], ranges: [] };
  for (const { start, end } of segments) {
    let from = inside.frames.length;
    const close = (): void => {
      if (inside.frames.length > from) inside.ranges.push({ start: from, end: inside.frames.length });
      from = inside.frames.length;
    };
    for (let frame = start; frame < end; frame++) {
      if (last[frame] !== basin) close();
      else if (first[frame] >= lower && first[frame] < upper) inside.frames.push(frame);
    }
    close();
  }
  return inside;
}

/** Basins of the second CV among some frames; undefined where it is the same on all of them. */
export function alongSecond(
  { second, time, weights }: Pick<TwoCvs, 'second' | 'time' | 'weights'>,
  { frames, ranges }: Inside,
): CvBasins | undefined {
  const values = Float64Array.from(frames, (frame) => second[frame]);
  if (values.every((value) => value === values[0])) return undefined;
  const of = (all: ArrayLike<number>): Float64Array => Float64Array.from(frames, (frame) => all[frame]);
  return cvBasins(values, of(time), ranges, weights && of(weights));
}
