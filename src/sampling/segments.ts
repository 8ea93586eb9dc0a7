import type { Segment } from '../frames/index.js';

/** One range over all frames: a single run. */
export function wholeRun(frames: number): Segment[] {
  return [{ start: 0, end: frames }];
}

/** The number of frames in all ranges. */
export function framesIn(ranges: readonly Segment[]): number {
  return ranges.reduce((sum, range) => sum + (range.end - range.start), 0);
}

/**
 * About `count` contiguous blocks of about equal length, each inside one range; every range gives at
 * least one block, so fewer than `ranges.length` are never returned.
 */
export function splitIntoBlocks(ranges: readonly Segment[], count: number): Segment[] {
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
