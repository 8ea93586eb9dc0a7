import {
  endsOf,
  ReplacedFrames,
  spacingOf,
  timelineOf,
  type RunFile,
  type PlannedSegment,
  type TimeRange,
  type Times,
} from '../../frames/index.js';
import type { TrajectoryFile } from './trajectory-files.js';

/** Frames of a file that are read. */
export interface PlannedFrames {
  file: TrajectoryFile;
  /** The first file of the run. */
  run: string;
  /** First frame, and one past the last. */
  from: number;
  to: number;
  /** ps between them, where they are evenly spaced. */
  spacing: number;
  startsRun: boolean;
}

/** Which frames of which files are read, and what is told of those that are not. */
export interface TrajectoryPlan {
  pieces: PlannedFrames[];
  notes: string[];
}

/** Which frames of which files are taken, so that none is counted twice where a restart wrote it again. */
export function planTrajectory(
  files: readonly TrajectoryFile[],
  range: TimeRange & { parts?: boolean },
): TrajectoryPlan {
  const { parts, notes } = timelineOf(files, range);
  const replaced: string[] = [];
  const pieces = parts.flatMap((part) => {
    const lost = new ReplacedFrames(part.file.path);
    const planned = part.segments.map((_, i) => plannedFrames(part, i, range, lost));
    replaced.push(...lost.lines());
    return planned;
  });
  return { pieces, notes: [...notes, ...replaced] };
}

function plannedFrames(
  { file, run, segments }: RunFile<TrajectoryFile>,
  i: number,
  range: TimeRange,
  lost: ReplacedFrames,
): PlannedFrames {
  const segment: PlannedSegment = segments[i];
  const spacing = spacingOf(segment);
  const [begin, end] = endsOf(range, spacing);
  const bounds = { low: i === 0 ? 0 : segment.at, high: segments[i + 1]?.at ?? file.frames };
  const from = begin <= segment.first ? bounds.low : firstFrom(file.times, begin, bounds);
  const past = end >= segment.last ? bounds.high : firstFrom(file.times, end, bounds);
  const kept =
    segment.last < segment.until ? past : Math.min(past, firstFrom(file.times, segment.until, bounds));
  const first = Math.max(from, kept);
  if (segment.replacedBy !== undefined && first < past)
    lost.add(segment.replacedBy, file.times.at(first)!, past - first);
  return { file, run, from, to: Math.max(from, kept), spacing, startsRun: segment.startsRun };
}

/** The first frame at `time` or later, by halves; times grow between the bounds. */
function firstFrom(times: Times, time: number, { low, high }: { low: number; high: number }): number {
  let [below, found] = [low - 1, high];
  while (found - below > 1) {
    const middle = (below + found) >> 1;
    if (times.at(middle)! >= time) found = middle;
    else below = middle;
  }
  return found;
}
