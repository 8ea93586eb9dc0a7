import type { FrameBatch, Dataset, Segment } from '../frames/index.js';
import { LatentcvError } from '../support/errors.js';
import { readTrajectoryBatches } from './read-batches.js';
import type { TrajectoryReading, TrajectorySystem } from './trajectory-reading.js';

/** Reads trajectories into one dataset; see `readTrajectoryBatches`. Throws `bad-data` where no frame is left. */
export async function readTrajectory(
  files: readonly string[],
  system: TrajectorySystem,
  reading: TrajectoryReading = {},
): Promise<Dataset> {
  const batches: FrameBatch[] = [];
  for await (const batch of readTrajectoryBatches(files, system, reading))
    batches.push({ ...batch, data: batch.data.slice() });
  const frames = batches.reduce((sum, batch) => sum + batch.frames, 0);
  if (frames === 0)
    throw new LatentcvError('bad-data', `expected frames in ${files.join(', ')} but none is left`);
  const { columns } = batches[0];
  const data = new Float64Array(frames * columns.length);
  const time = new Float64Array(frames);
  const segments: Segment[] = [];
  let at = 0;
  for (const batch of batches) {
    data.set(batch.data, at * columns.length);
    time.set(batch.time, at);
    if (batch.segment === segments.length)
      segments.push({ start: at, end: at + batch.frames, source: batch.source });
    else segments[batch.segment].end += batch.frames;
    at += batch.frames;
  }
  return { columns, frames, data, time, segments };
}
