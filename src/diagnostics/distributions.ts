import type { RunSegment } from '../frames/index.js';
import type { CvBasins } from '../kinetics/index.js';

/** Frames of one group in each bin. */
export interface GroupCounts {
  name: string;
  counts: number[];
}

/** Histogram of one CV; bins are even from `lower` to `upper`. */
export interface CvDistribution {
  cv: string;
  lower: number;
  upper: number;
  /** By file. */
  bySource: GroupCounts[];
  /** By basin of the first CV. */
  byBasin: GroupCounts[];
}

const bins = 60;

/** Histogram of a CV `[frames]` by source and by the basin of the first CV. */
export function cvDistribution(
  name: string,
  values: Float64Array,
  first: Float64Array,
  { basins }: CvBasins,
  segments: readonly RunSegment[],
): CvDistribution {
  const [lower, upper] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const bin = (value: number): number =>
    Math.min(bins - 1, Math.floor((bins * (value - lower)) / (upper - lower || 1)));
  const group = (groupName: string, holds: (frame: number) => boolean): GroupCounts => {
    const counts = new Array<number>(bins).fill(0);
    values.forEach((value, frame) => holds(frame) && counts[bin(value)]++);
    return { name: groupName, counts };
  };
  const source = sourceOfFrames(segments, values.length);
  return {
    cv: name,
    lower,
    upper,
    bySource: [...new Set(segments.map((s) => s.source))].map((each) =>
      group(each, (frame) => source[frame] === each),
    ),
    byBasin: basins.map((basin, i) =>
      group(`basin ${i + 1}`, (frame) => first[frame] >= basin.lower && first[frame] < basin.upper),
    ),
  };
}

function sourceOfFrames(segments: readonly RunSegment[], frames: number): string[] {
  const out = new Array<string>(frames);
  for (const { start, end, source } of segments) out.fill(source, start, end);
  return out;
}
