/**
 * Frames `start` to `end` (exclusive) that one run wrote in a row. A `Segment` of a Dataset is one.
 * Several ranges are several replicas: no block, transition or autocorrelation reaches across their ends.
 */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

/** One range over all frames: a single run. */
export function wholeRun(frames: number): FrameRange[] {
  return [{ start: 0, end: frames }];
}

/** The number of frames in all ranges. */
export function framesIn(ranges: readonly FrameRange[]): number {
  return ranges.reduce((sum, range) => sum + (range.end - range.start), 0);
}

/**
 * About `count` contiguous blocks of about equal length, each inside one range; every range gives at
 * least one block, so fewer than `ranges.length` are never returned.
 */
export function splitIntoBlocks(ranges: readonly FrameRange[], count: number): FrameRange[] {
  const frames = framesIn(ranges);
  return ranges.flatMap((range) => {
    const length = range.end - range.start;
    const parts = Math.max(1, Math.min(length, Math.round((count * length) / frames)));
    return Array.from({ length: parts }, (_, part) => ({
      start: range.start + Math.floor((part * length) / parts),
      end: range.start + Math.floor(((part + 1) * length) / parts),
    }));
  });
}
