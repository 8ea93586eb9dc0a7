import type { SampledRun } from '../../free-energy/index.js';
import {
  framePositions,
  trajectoryTimes,
  type FramePositions,
  type TrajectoryReading,
} from '../../trajectories/index.js';
import type { StateFrame } from '../states-of-run.js';

/** The trajectory of a run. */
export interface RunTrajectory {
  /** The run, by the first of its tables. */
  source: string;
  files: readonly string[];
}

/** Times are printed rounded, and held in single precision: ps, and relative to the time. */
const sameTime = 1e-3;
const sameTimeRelative = 2e-7;

/** The frames of runs' trajectories by the times of their tables. */
export class StateTrajectories {
  private constructor(
    private readonly atoms: number,
    private readonly reading: TrajectoryReading,
    private readonly runs: ReadonlyMap<string, { files: readonly string[]; times: Float64Array }>,
  ) {}

  /**
   * @param atoms of every frame
   * @throws LatentcvError `file-not-found`, `bad-data` where frames cannot be read
   */
  static async open(
    trajectories: readonly RunTrajectory[],
    atoms: number,
    reading: TrajectoryReading = {},
  ): Promise<StateTrajectories> {
    const runs = new Map<string, { files: readonly string[]; times: Float64Array }>();
    for (const { source, files } of trajectories)
      runs.set(source, { files, times: await trajectoryTimes(files, atoms, reading) });
    return new StateTrajectories(atoms, reading, runs);
  }

  /** Which of a run's frames are in its trajectory. */
  usable({ dataset: { segments, time, frames } }: SampledRun): (frame: number) => boolean {
    const found = new Uint8Array(frames);
    for (const { start, end, source } of segments)
      for (let frame = start; frame < end; frame++)
        if (this.timeOf(source, time.at(frame)!) !== undefined) found[frame] = 1;
    return (frame) => found[frame] === 1;
  }

  /**
   * Positions of a frame, nm.
   * @throws LatentcvError `bad-data` where the trajectory has no such frame
   */
  async positions({ source, time }: StateFrame): Promise<FramePositions> {
    const files = this.runs.get(source)?.files ?? [];
    const own = this.timeOf(source, time) ?? time;
    return framePositions(files, this.atoms, { source: files[0], time: own }, this.reading);
  }

  /** The time of the trajectory's frame at this time of the table. */
  private timeOf(source: string, time: number): number | undefined {
    const times = this.runs.get(source)?.times;
    if (!times || times.length === 0) return undefined;
    let [low, high] = [0, times.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] < time) low = middle + 1;
      else high = middle;
    }
    const nearest = low > 0 && time - times[low - 1] < times[low] - time ? times[low - 1] : times[low];
    return Math.abs(nearest - time) <= sameTime + sameTimeRelative * Math.abs(time) ? nearest : undefined;
  }
}
