import { descriptorSet } from '../../descriptors/index.js';
import { planFrames } from './read-batches.js';
import type { TrajectoryReading } from './trajectory-reading.js';

/**
 * Times of the frames of a run, ps, in the order in which they are read.
 * @param atoms of every frame of the files
 * @throws LatentcvError `file-not-found`, `bad-data` where frames cannot be read
 */
export async function trajectoryTimes(
  files: readonly string[],
  atoms: number,
  reading: TrajectoryReading = {},
): Promise<Float64Array> {
  const plan = await planFrames(files, { set: descriptorSet([]), atoms }, reading);
  return Float64Array.from(
    plan.pieces.flatMap(({ file, from, to }) =>
      Array.from({ length: to - from }, (_, i) => file.times.at(from + i)!),
    ),
  );
}
