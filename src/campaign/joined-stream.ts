import { joinTables, type Column, type FrameStream, type JoinedTables } from '../frames/index.js';
import { trajectoryStream, type TrajectoryReading, type TrajectorySystem } from '../trajectories/index.js';

/** The frames of trajectories, with columns of the tables that were written beside them where any are wanted. */
export async function joinedStream(
  files: readonly string[],
  system: TrajectorySystem,
  {
    reading,
    joined,
    columns,
    signal,
  }: {
    reading: TrajectoryReading;
    joined?: JoinedTables;
    /** What the descriptors are called, where not by their own labels. */
    columns?: Column[];
    signal?: AbortSignal;
  },
): Promise<FrameStream> {
  const wanted = joined !== undefined && joined.columns.length > 0;
  const { begin, end, stride, onWarning } = reading;
  // which frames a stride takes is known when they are joined
  const stream = await trajectoryStream(files, system, {
    ...reading,
    ...(wanted && { stride: 1, toldTimes: true }),
  });
  const frames = { ...stream, ...(columns && { columns }) };
  if (!wanted) return frames;
  const ofTables = { ...joined.reading, begin, end, stride, signal, onWarning };
  return joinTables(frames, { ...joined, reading: ofTables });
}
