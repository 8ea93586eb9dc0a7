import type { CvBasin } from '../kinetics/index.js';
import type { Segment } from '../frames/index.js';

/** The basin whose core each frame's trajectory last was in; −1 before the first. */
export function lastCores(
  cv: Float64Array,
  basins: readonly CvBasin[],
  segments: readonly Segment[],
): Int32Array {
  const out = new Int32Array(cv.length).fill(-1);
  for (const { start, end } of segments) {
    let last = -1;
    for (let frame = start; frame < end; frame++) {
      const seen = coreOf(cv[frame], basins);
      if (seen >= 0) last = seen;
      out[frame] = last;
    }
  }
  return out;
}

/** The basin whose core a value lies in, or −1. */
export function coreOf(value: number, basins: readonly CvBasin[]): number {
  return basins.findIndex(({ core: [lower, upper] }) => value >= lower && value <= upper);
}
