import { DescriptorReader, type TrajectorySource } from '../native/index.js';
import { LatentcvError } from '../support/errors.js';

/** A file of frames, and when they are. */
export interface TrajectoryFile {
  source: TrajectorySource;
  frames: number;
  /** Times of the first two frames and the last, ps. */
  first: number;
  second: number;
  last: number;
  /** What is wrong with a file that is salvaged, apart from frames among good ones. */
  problems: string[];
}

/** How times of frames are told. */
export interface TimeReading {
  /** ps per step (or per frame, where the format has no steps) in files that tell no times. */
  timestep?: number;
}

/** Time of a frame: the file's, else its step times the time step. */
export function timeOfFrame(time: number, step: number, { timestep = 1 }: TimeReading): number {
  return Number.isNaN(time) ? step * timestep : time;
}

/** Looks up times of single frames. */
export class FrameTimes {
  private readonly reader: DescriptorReader;
  /** Files that tell no times. */
  readonly untold = new Set<string>();

  constructor(
    total: number,
    private readonly reading: TimeReading,
  ) {
    this.reader = new DescriptorReader({
      descriptors: [],
      references: [],
      atoms: new Uint32Array(0),
      total,
      minimumImage: false,
      threads: 1,
    });
  }

  /** Time of frame `index`, ps. Throws LatentcvError `bad-data` where it cannot be read. */
  async at(source: TrajectorySource, index: number): Promise<number> {
    const { times, steps, problems } = await this.reader.read(source, index, 1, 1);
    if (problems.length > 0) throw frameError(problems[0]);
    if (Number.isNaN(times[0])) this.untold.add(source.path);
    return timeOfFrame(times[0], steps[0], this.reading);
  }

  async file(source: TrajectorySource): Promise<TrajectoryFile> {
    const { frames, mismatch } = await this.reader.countFrames(source).catch(async (error: unknown) => {
      throw await this.withSalvageHint(error, source);
    });
    const first = await this.firstReadable(source, 0, frames);
    const last = await this.lastReadable(source, frames);
    const second = first.index < last.index ? await this.at(source, first.index + 1).catch(() => NaN) : NaN;
    return {
      source,
      frames: last.index + 1,
      first: first.time,
      second,
      last: last.time,
      problems: [mismatch, last.problem].filter((problem) => problem !== ''),
    };
  }

  /** The error of a file that cannot be opened, with the hint where some of its frames are good. */
  private async withSalvageHint(error: unknown, source: TrajectorySource): Promise<unknown> {
    if (!(error instanceof LatentcvError) || error.code !== 'bad-data' || source.salvage) return error;
    const some = await this.reader.countFrames({ ...source, salvage: true }).catch(() => undefined);
    return some ? new LatentcvError(error.code, error.message, salvageHint) : error;
  }

  /** The first frame from `from` on; of a file to be salvaged, the first that can be read. */
  private async firstReadable(
    source: TrajectorySource,
    from: number,
    frames: number,
  ): Promise<{ index: number; time: number }> {
    for (let index = from; ; index++) {
      try {
        return { index, time: await this.at(source, index) };
      } catch (error) {
        if (!source.salvage || index >= frames - 1) throw error;
      }
    }
  }

  /** The last frame; of a file to be salvaged, the last that can be read. */
  private async lastReadable(
    source: TrajectorySource,
    frames: number,
  ): Promise<{ index: number; time: number; problem: string }> {
    let problem = '';
    for (let index = frames - 1; ; index--) {
      try {
        return { index, time: await this.at(source, index), problem };
      } catch (error) {
        if (!source.salvage || index === 0) throw error;
        problem = `${error instanceof Error ? error.message : String(error)}; the frames before it are taken`;
      }
    }
  }

  /** The first frame at `time` or later, by halves; times must grow. */
  async firstFrom({ source, frames, last }: TrajectoryFile, time: number): Promise<number> {
    if (last < time) return frames;
    let [below, found] = [-1, frames - 1];
    while (found - below > 1) {
      const middle = (below + found) >> 1;
      const readable = await this.firstReadable(source, middle, frames);
      if (readable.time >= time) found = middle;
      else below = readable.index;
    }
    return found;
  }
}

const salvageHint = '--salvage takes the frames that are good';

/** An error of a frame that cannot be read, told with file and frame. */
export function frameError(problem: string): LatentcvError {
  const otherSystem = /expected \d+ atoms but received \d+$/.test(problem);
  const hint = otherSystem ? 'structure and trajectory must have the same atoms' : salvageHint;
  return new LatentcvError('bad-data', problem, hint);
}
