import { descriptorSet } from '../descriptors/index.js';
import { trajectoryStream, type LeastDistances, type TrajectoryReading } from '../trajectories/index.js';

/** Fewest frames that tell which pairs come near. */
const fewestFrames = 20;

/** Frames that are looked at, spread over all that there are. */
const framesLookedAt = 1000;

/** Least distances of pairs over frames of trajectories; what is wrong with the files is told where they are read. */
export function leastDistancesIn(
  files: readonly string[],
  { atoms, pbc, reading = {} }: { atoms: number; pbc?: boolean; reading?: TrajectoryReading },
): LeastDistances {
  return async (pairs) => {
    const set = descriptorSet(
      pairs.map(([i, j]) => ({ kind: 'distance', atoms: [i, j] })),
      { pbc },
    );
    const quiet = { ...reading, onWarning: undefined, onFrames: undefined };
    const { mostFrames } = await trajectoryStream(files, { set, atoms }, quiet);
    if (mostFrames < fewestFrames) return undefined;
    const stride = (reading.stride ?? 1) * Math.max(1, Math.floor(mostFrames / framesLookedAt));
    const { batches } = await trajectoryStream(files, { set, atoms }, { ...quiet, stride });
    const least = new Float64Array(pairs.length).fill(Infinity);
    for await (const { data, frames } of batches())
      for (let frame = 0; frame < frames; frame++)
        for (let i = 0; i < least.length; i++) least[i] = Math.min(least[i], data[frame * least.length + i]);
    return least;
  };
}
