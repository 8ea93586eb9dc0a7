import type { Segment } from '../frames/index.js';
import { smallestFraction, type CvBasins } from './cv-basins.js';

/**
 * Whether trajectories connect all that the frames show along a CV `[frames]`: each barrier between two basins is crossed at
 * least once, and no group of trajectories (with 1 % of the frames or more) has a stretch of the CV to itself. Where they do
 * not, nothing in the frames tells how long the slowest process along it takes.
 */
export function isCrossed(cv: Float64Array, { barriers }: CvBasins, segments: readonly Segment[]): boolean {
  if (barriers.some(({ crossings }) => crossings === 0)) return false;
  return separateGroups(cv, segments) < 2;
}

/** Groups of trajectories whose ranges of the CV do not touch those of another group. */
function separateGroups(cv: Float64Array, segments: readonly Segment[]): number {
  const ranges = segments
    .filter(({ start, end }) => end > start)
    .map(({ start, end }) => {
      const own = cv.subarray(start, end);
      return {
        lower: own.reduce((a, b) => Math.min(a, b)),
        upper: own.reduce((a, b) => Math.max(a, b)),
        frames: own.length,
      };
    })
    .sort((a, b) => a.lower - b.lower);
  const groups: { upper: number; frames: number }[] = [];
  for (const { lower, upper, frames } of ranges) {
    const last = groups.at(-1);
    if (last && lower <= last.upper) {
      last.upper = Math.max(last.upper, upper);
      last.frames += frames;
    } else groups.push({ upper, frames });
  }
  return groups.filter(({ frames }) => frames >= smallestFraction * cv.length).length;
}
