import type { Segment } from '../frames/dataset.js';

/** First frames of the pairs `(t, t + lag)`; with lag 0 simply frames. Both ends lie in the same time block. */
export interface Split {
  train: Int32Array;
  validation: Int32Array;
}

export interface SplitOptions {
  /** Lag in frames; 0 where the method has no pairs. */
  lag: number;
  /** Number of time blocks over all segments together; every fifth, from the third, validates. */
  blocks?: number;
}

/**
 * Splits by blocks of time, never by random frame: neighbouring frames are nearly copies of one another, and
 * a random split would let the validation set see the training set. A pair whose ends lie in different
 * blocks or segments is left out.
 */
export function splitByTime(segments: Segment[], { lag, blocks = 10 }: SplitOptions): Split {
  const train: number[] = [];
  const validation: number[] = [];
  timeBlocks(segments, blocks).forEach(({ start, end }, index) => {
    const side = index % 5 === 2 ? validation : train;
    for (let frame = start; frame + lag < end; frame++) side.push(frame);
  });
  return { train: Int32Array.from(train), validation: Int32Array.from(validation) };
}

function timeBlocks(segments: Segment[], count: number): { start: number; end: number }[] {
  const total = segments.reduce((sum, s) => sum + s.end - s.start, 0);
  return segments.flatMap(({ start, end }) => {
    const parts = Math.max(1, Math.round((count * (end - start)) / total));
    const bound = (part: number): number => start + Math.floor(((end - start) * part) / parts);
    return Array.from({ length: parts }, (_, part) => ({ start: bound(part), end: bound(part + 1) }));
  });
}
