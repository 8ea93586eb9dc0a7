import { collectFrames, type Dataset } from '../../frames/index.js';
import { LatentcvError } from '../../support/index.js';
import { trajectoryStream } from './read-batches.js';
import type { TrajectoryReading, TrajectorySystem } from './trajectory-reading.js';

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
  const dataset = await collectFrames(await trajectoryStream(files, system, reading));
  if (dataset.frames > 0) return dataset;
  throw new LatentcvError('bad-data', `expected frames in ${files.join(', ')} but none is left`);
}
