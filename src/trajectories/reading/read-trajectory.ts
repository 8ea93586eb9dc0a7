import { extend, sharedNumbers, type Dataset, type RunSegment } from '../../frames/index.js';
import { LatentcvError, expectObject, expectPaths } from '../../support/index.js';
import { planFrames, readPlannedFrames } from './read-batches.js';
import { columnsOf, type TrajectoryReading, type TrajectorySystem } from './trajectory-reading.js';

/**
 * Reads trajectories into one dataset; see `readTrajectoryBatches`.
 * @throws LatentcvError `bad-data` where no frame is left
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function readTrajectory(
  files: readonly string[],
  system: TrajectorySystem,
  reading: TrajectoryReading = {},
): Promise<Dataset> {
  expectPaths(files, 'files');
  expectObject(system, 'system', 'the atoms and descriptors that are read');
  expectObject(reading, 'reading');
  const plan = await planFrames(files, system, reading);
  const columns = columnsOf(system.set);
  const width = columns.length;
  const data = sharedNumbers(plan.mostFrames * width);
  const time = sharedNumbers(plan.mostFrames);
  const segments: RunSegment[] = [];
  let frames = 0;
  // frames are computed where they stay
  const room = (row: number, most: number): Float64Array => data.subarray(row * width, (row + most) * width);
  for await (const batch of readPlannedFrames(plan, system, reading, room)) {
    if (batch.data.byteOffset !== 8 * frames * width || batch.data.buffer !== data.buffer)
      data.set(batch.data, frames * width);
    time.set(batch.time, frames);
    extend(segments, batch);
    frames += batch.frames;
  }
  if (frames === 0)
    throw new LatentcvError('bad-data', `expected frames in ${files.join(', ')} but none is left`);
  return {
    columns,
    frames,
    data: data.subarray(0, frames * width),
    time: time.subarray(0, frames),
    segments,
  };
}
