import type { SampledRun } from '../../free-energy/index.js';
import {
  framePositions,
  readTrajectoryBatches,
  trajectoryTimes,
  type FramePositions,
  type TrajectoryReading,
  type TrajectorySystem,
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

  /**
   * Reads descriptors of a run's frames, of at most so many evenly, and tells them frame by frame of the run; those that the
   * trajectories lack are not told.
   * @throws LatentcvError `bad-data` where frames cannot be read
   */
  async follow(
    { dataset: { segments, time } }: SampledRun,
    set: TrajectorySystem['set'],
    tell: (frame: number, values: Float64Array) => void,
    most = 1 << 16,
  ): Promise<void> {
    const all = [...this.runs.values()].reduce((sum, { times }) => sum + times.length, 0);
    const stride = Math.max(1, Math.ceil(all / most));
    const width = set.items.length;
    for (const [run, { files }] of this.runs) {
      const rows = segments
        .filter(({ source }) => source === run)
        .flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));
      rows.sort((a, b) => time.at(a)! - time.at(b)!);
      const times = Float64Array.from(rows, (frame) => time.at(frame)!);
      const system = { set, atoms: this.atoms };
      for await (const batch of readTrajectoryBatches(files, system, { ...this.reading, stride }))
        for (let i = 0; i < batch.frames; i++) {
          const place = nearestTime(times, batch.time[i]);
          if (place >= 0) tell(rows[place], batch.data.subarray(i * width, (i + 1) * width));
        }
    }
  }

  /** The time of the trajectory's frame at this time of the table. */
  private timeOf(source: string, time: number): number | undefined {
    const times = this.runs.get(source)?.times ?? new Float64Array();
    const place = nearestTime(times, time);
    return place < 0 ? undefined : times[place];
  }
}

/** Where a time stands among ascending ones; −1 where none is the same. */
function nearestTime(times: Float64Array, time: number): number {
  if (times.length === 0) return -1;
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  const nearest = low > 0 && time - times[low - 1] < times[low] - time ? low - 1 : low;
  return Math.abs(times[nearest] - time) <= sameTime + sameTimeRelative * Math.abs(time) ? nearest : -1;
}
