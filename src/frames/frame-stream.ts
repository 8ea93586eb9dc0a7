import type { Column, Dataset, RunSegment } from './dataset.js';
import { sharedNumbers } from './shared-numbers.js';
import type { FrameBatch } from './timeline/index.js';

/** Where the frames that are read at once go: so many, from the `row`-th of all on. */
export type BatchRoom = (row: number, frames: number) => Float64Array;

/** Frames that come in batches, whatever they are read from: what they have, and how many come at most, is known before. */
export interface FrameStream {
  columns: Column[];
  mostFrames: number;
  /** Once; those that can put numbers where they stay do so in `room`. */
  batches: (room?: BatchRoom) => AsyncIterable<FrameBatch>;
}

/** Adds a batch to the segments it goes on with. */
export function extend(segments: RunSegment[], batch: FrameBatch): void {
  const start = segments.at(-1)?.end ?? 0;
  if (batch.segment < segments.length) segments[batch.segment].end += batch.frames;
  else segments.push({ start, end: start + batch.frames, source: batch.source });
}

/** All frames of a stream, in memory that threads share. */
export async function collectFrames({ columns, mostFrames, batches }: FrameStream): Promise<Dataset> {
  const width = columns.length;
  const data = sharedNumbers(mostFrames * width);
  const time = sharedNumbers(mostFrames);
  const segments: RunSegment[] = [];
  let frames = 0;
  const room: BatchRoom = (row, most) => data.subarray(row * width, (row + most) * width);
  for await (const batch of batches(room)) {
    const isThere = batch.data.buffer === data.buffer && batch.data.byteOffset === 8 * frames * width;
    if (!isThere) data.set(batch.data, frames * width);
    time.set(batch.time, frames);
    extend(segments, batch);
    frames += batch.frames;
  }
  return {
    columns,
    frames,
    data: data.subarray(0, frames * width),
    time: time.subarray(0, frames),
    segments,
  };
}
