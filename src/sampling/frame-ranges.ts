import { invalidArgument } from '../support/errors.js';

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

/** The ranges without the first `fraction` of each, the time in which a bias is still being built. */
export function discardInitial(ranges: readonly FrameRange[], fraction: number): FrameRange[] {
  if (!(fraction >= 0 && fraction < 1)) {
    throw invalidArgument('a number from 0 to below 1', 'the fraction to discard', fraction);
  }
  return ranges.map(({ start, end }) => ({ start: start + Math.floor((end - start) * fraction), end }));
}

/** The first `fraction` of each range, never less than one frame of it: what was known at an earlier time. */
export function leadingPart(ranges: readonly FrameRange[], fraction: number): FrameRange[] {
  return ranges.map(({ start, end }) => ({
    start,
    end: Math.min(end, start + Math.max(1, Math.round((end - start) * fraction))),
  }));
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
