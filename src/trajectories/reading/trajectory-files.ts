import {
  evenWithin,
  FileSegments,
  singleRoundoff,
  spacingOf,
  type TimedFile,
  type Times,
} from '../../frames/index.js';
import { DescriptorReader, frameStates, type TrajectorySource } from '../../native/index.js';
import { LatentcvError } from '../../support/index.js';
import { timesBySteps } from './step-times.js';

/** A file of frames, and when they are. */
export interface TrajectoryFile extends TimedFile {
  source: TrajectorySource;
  frames: number;
  /** Times of its frames, ps; of one that cannot be read, that of the one before. */
  times: Times;
  /** Whether frames have these times rather than those that the file tells, which are rounder. */
  bySteps: boolean;
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

interface Frame {
  index: number;
  time: number;
}

/** Frames whose times are read at once. */
const timesAtOnce = 1 << 16;

/** Looks through files: how many frames there are, and when. */
export class TrajectoryFiles {
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

  /**
   * @throws LatentcvError `file-not-found`, `bad-data` where its frames cannot be read
   */
  async open(source: TrajectorySource): Promise<TrajectoryFile> {
    const { frames: all, notes } = await this.reader.countFrames(source).catch(async (error: unknown) => {
      throw await this.withSalvageHint(error, source);
    });
    const first = await this.firstReadable(source, 0, all);
    const last = await this.lastReadable(source, all);
    const frames = last.index + 1;
    const even = await this.evenTimes(source, first, last);
    const timed = even ?? (await this.allTimes(source, frames));
    const problems = [...notes, ...(last.problem === '' ? [] : [last.problem])];
    return { path: source.path, source, frames, ...timed, problems };
  }

  /**
   * Time of frame `index`, ps.
   * @throws LatentcvError `bad-data` where it cannot be read
   */
  private async at(source: TrajectorySource, index: number): Promise<number> {
    const { times, steps, problems } = await this.reader.read(source, index, 1, 1);
    if (problems.length > 0) throw frameError(problems[0]);
    if (Number.isNaN(times[0])) this.untold.add(source.path);
    return timeOfFrame(times[0], steps[0], this.reading);
  }

  /** Times of frames that are evenly spaced, as far as some of them tell; undefined of others, and of times too round to tell. */
  private async evenTimes(source: TrajectorySource, first: Frame, last: Frame): Promise<Timed | undefined> {
    const frames = last.index - first.index + 1;
    const segment = { at: 0, first: first.time, last: last.time, frames };
    const spacing = spacingOf(segment);
    const start = first.time - first.index * spacing;
    if (frames > 1) {
      if (!(evenWithin * spacing > singleRoundoff(last.time))) return undefined;
      for (const part of [0, 1, 2, 3, 4, 5]) {
        const index = first.index + Math.min(frames - 1, part === 0 ? 1 : Math.round((part * frames) / 6));
        const time = await this.at(source, index).catch((error: unknown) => {
          expectUninterrupted(error);
          return NaN;
        });
        if (Math.abs(time - start - index * spacing) > evenWithin * spacing) return undefined;
      }
    }
    const at = frames > 1 ? (index: number) => start + index * spacing : () => first.time;
    return { segments: [segment], times: { length: last.index + 1, at }, bySteps: false };
  }

  /** Every frame's time. */
  private async allTimes(source: TrajectorySource, frames: number): Promise<Timed> {
    const times = new Float64Array(frames);
    const steps = new Float64Array(frames);
    const good: number[] = [];
    for (let from = 0; from < frames; from += timesAtOnce) {
      const batch = await this.reader.read(source, from, Math.min(timesAtOnce, frames - from), 1);
      if (batch.problems.length > 0 && !source.salvage) throw frameError(batch.problems[0]);
      batch.states.forEach((state, i) => {
        if (state !== frameStates.bad) good.push(from + i);
        times[from + i] =
          state === frameStates.bad ? NaN : timeOfFrame(batch.times[i], batch.steps[i], this.reading);
        steps[from + i] = batch.steps[i];
      });
    }
    const better = timesBySteps(
      Float64Array.from(good, (i) => times[i]),
      Float64Array.from(good, (i) => steps[i]),
    );
    good.forEach((index, i) => better && (times[index] = better[i]));
    return { ...timedBy(times), bySteps: better !== undefined };
  }

  /** The error of a file that cannot be opened, with the hint where some of its frames are good. */
  private async withSalvageHint(error: unknown, source: TrajectorySource): Promise<unknown> {
    if (!(error instanceof LatentcvError) || error.code !== 'bad-data' || source.salvage) return error;
    const some = await this.reader.countFrames({ ...source, salvage: true }).catch(() => undefined);
    return some ? new LatentcvError(error.code, error.message, salvageHint) : error;
  }

  /** The first frame from `from` on; of a file to be salvaged, the first that can be read. */
  private async firstReadable(source: TrajectorySource, from: number, frames: number): Promise<Frame> {
    for (let index = from; ; index++) {
      try {
        return { index, time: await this.at(source, index) };
      } catch (error) {
        expectUninterrupted(error);
        if (!source.salvage || index >= frames - 1) throw error;
      }
    }
  }

  /** The last frame; of a file to be salvaged, the last that can be read. */
  private async lastReadable(source: TrajectorySource, frames: number): Promise<Frame & { problem: string }> {
    let problem = '';
    for (let index = frames - 1; ; index--) {
      try {
        return { index, time: await this.at(source, index), problem };
      } catch (error) {
        expectUninterrupted(error);
        if (!source.salvage || index === 0) throw error;
        problem = `${error instanceof Error ? error.message : String(error)}; the frames before it are taken`;
      }
    }
  }
}

/** A frame that was not read because that was stopped is none that cannot be read. */
function expectUninterrupted(error: unknown): void {
  if (error instanceof LatentcvError && error.code === 'interrupted') throw error;
}

type Timed = Pick<TrajectoryFile, 'segments' | 'times' | 'bySteps'>;

/** The segments of a file with these times; those that are NaN become that of the frame before. */
function timedBy(times: Float64Array): Pick<Timed, 'segments' | 'times'> {
  const found = new FileSegments();
  times.forEach((time, index) => {
    if (Number.isNaN(time)) times[index] = index > 0 ? times[index - 1] : -Infinity;
    else found.add(time, index);
  });
  return { segments: found.segments, times };
}

const salvageHint = '‘salvage’ takes the frames that are good';

/** An error of a frame that cannot be read, told with file and frame. */
export function frameError(problem: string): LatentcvError {
  const otherSystem = /expected \d+ atoms but received \d+$/.test(problem);
  const hint = otherSystem ? 'structure and trajectory must have the same atoms' : salvageHint;
  return new LatentcvError('bad-data', problem, hint);
}
