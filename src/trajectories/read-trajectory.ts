import { availableParallelism } from 'node:os';
import {
  descriptorKinds,
  descriptorLabels,
  formatDescriptor,
  formatReferences,
  type DescriptorSet,
} from '../descriptors/index.js';
import type { Column, FrameBatch, Dataset, Segment } from '../frames/index.js';
import { DescriptorReader, type NativeBatch } from '../native/index.js';
import { invalidArgument, LatentcvError } from '../support/errors.js';
import { FrameTimes, salvageHint, timeOfFrame } from './frame-times.js';
import { planTrajectory, type PlannedFile } from './plan-trajectory.js';
import type { FileReading } from './structure.js';

/** How trajectories are read. */
export interface TrajectoryReading extends FileReading {
  /** First and last time in ps, both included; times must grow within each file. */
  begin?: number;
  end?: number;
  /** Every how many frames of a segment. */
  stride?: number;
  /** ps per step (or per frame, where the format has no steps) in files that tell no times; 1 where left out. */
  timestep?: number;
  /** Leave out what cannot be read instead of stopping there. */
  salvage?: boolean;
  /** Threads that read and compute; as many as the machine has cores where left out. */
  threads?: number;
  onWarning?: (message: string) => void;
  /** Told of frames read so far, and of all that there are. */
  onFrames?: (done: number, all: number) => void;
}

/** What frames become: descriptors of the atoms of a system. */
export interface TrajectorySystem {
  set: DescriptorSet;
  /** Atoms of the system; every frame must have as many. */
  atoms: number;
}

/** Numbers held at once: what the batches of any length of trajectory have room in. */
const numbersAtOnce = 1 << 20;
const mostFramesAtOnce = 4096;

/** The set's descriptors as columns. */
export function columnsOf(set: DescriptorSet): Column[] {
  const labels = descriptorLabels(set);
  return set.items.map(({ kind }, i) => {
    const { period } = descriptorKinds[kind];
    return { label: labels[i], ...(period && { period }) };
  });
}

function readerOf({ set, atoms }: TrajectorySystem, threads: number): DescriptorReader {
  return new DescriptorReader({
    descriptors: set.items.map(formatDescriptor),
    references: formatReferences(set.references ?? []),
    atoms: Uint32Array.from(set.atoms, (serial) => serial - 1),
    total: atoms,
    minimumImage: set.pbc,
    threads,
  });
}

/** Frames as they come, cut into batches of one segment. */
class Frames {
  private segment = -1;
  private counted = 0;
  private first = NaN;
  private last = NaN;
  private spacing = NaN;
  private breakPending = true;
  private box: boolean | undefined;
  private readonly told = new Set<string>();

  constructor(
    private readonly columns: Column[],
    private readonly pbc: boolean,
    private readonly reading: TrajectoryReading,
  ) {}

  /** How many of the next file's frames to pass over before the stride takes one. */
  enter({ startsTrajectory, file }: PlannedFile): number {
    const { stride = 1 } = this.reading;
    const hole = file.first - this.last > 1.5 * stride * this.spacing;
    if (startsTrajectory || hole) this.breakPending = true;
    return this.breakPending ? 0 : (stride - (this.counted % stride)) % stride;
  }

  /** Frames of the file that were passed by or read, for the stride behind it. */
  leave(frames: number): void {
    this.counted += frames;
  }

  batches(batch: NativeBatch, { file: { source } }: PlannedFile): FrameBatch[] {
    const width = this.columns.length;
    const out: { rows: number[]; times: number[]; segment: number }[] = [];
    let problem = 0;
    batch.states.forEach((state, row) => {
      if (state === 2) return this.refuse(batch.problems[problem++]);
      if (state === 1) return this.warn(`${source.path} has frames without positions, which are left out`);
      const time = timeOfFrame(batch.times[row], batch.steps[row], this.reading);
      this.checkBox(batch.boxes[row] === 1, source.path, time);
      if (!this.follows(time, source.path)) return;
      if (out.at(-1)?.segment !== this.segment) out.push({ rows: [], times: [], segment: this.segment });
      out.at(-1)!.rows.push(row);
      out.at(-1)!.times.push(time);
    });
    return out.map(({ rows, times, segment }) => {
      const data = new Float64Array(rows.length * width);
      rows.forEach((row, i) => data.set(batch.values.subarray(row * width, (row + 1) * width), i * width));
      return {
        columns: this.columns,
        frames: rows.length,
        data,
        time: Float64Array.from(times),
        segment,
        source: source.path,
      };
    });
  }

  private refuse(problem: string): void {
    if (!this.reading.salvage) throw new LatentcvError('bad-data', problem, salvageHint);
    this.warn(`${problem}; this frame is left out`);
    this.breakPending = true;
  }

  /** Where time goes back, frames that were there before are left out; at the start, another trajectory begins. */
  private follows(time: number, path: string): boolean {
    if (!this.breakPending && time <= this.last) {
      const over = time <= this.first + (Number.isNaN(this.spacing) ? 0 : this.spacing);
      this.warn(
        over
          ? `${path}: time starts over at ${time} ps, so another trajectory begins`
          : `${path}: time goes back to ${time} ps: frames that were there before are left out`,
      );
      if (!over) return false;
      this.breakPending = true;
    }
    if (this.breakPending) this.begin(time);
    else if (Number.isNaN(this.spacing)) this.spacing = time - this.last;
    this.last = time;
    return true;
  }

  private begin(time: number): void {
    this.segment++;
    this.counted = 0;
    this.first = time;
    this.spacing = NaN;
    this.breakPending = false;
  }

  private checkBox(has: boolean, path: string, time: number): void {
    if (!this.pbc) return;
    if (this.box === undefined && !has)
      this.warn(`${path} has no box: nothing is periodic in the descriptors`);
    this.box ??= has;
    if (has !== this.box)
      throw new LatentcvError(
        'bad-data',
        `expected ${this.box ? 'a box in every frame' : 'no box, as in the frames before,'} but the frame at ${time} ps of ${path} has ${has ? 'one' : 'none'}`,
      );
  }

  private warn(message: string): void {
    if (this.told.has(message)) return;
    this.told.add(message);
    this.reading.onWarning?.(message);
  }
}

function checkReading({ stride = 1, threads = 1, timestep = 1 }: TrajectoryReading): void {
  if (!Number.isInteger(stride) || stride < 1)
    throw invalidArgument('a positive whole number', 'stride', stride);
  if (!Number.isInteger(threads) || threads < 1)
    throw invalidArgument('a positive whole number', 'threads', threads);
  if (!(timestep > 0)) throw invalidArgument('a positive time', 'timestep', timestep);
}

/**
 * Streams descriptors of the frames of trajectories in batches, in flat memory: read and computed on all cores by the
 * code that the PLUMED plugin runs, in nm and rad. A file whose time starts over begins a new segment; one that goes
 * on (a restart) continues the one before it, whose frames from there on it replaces.
 * Throws LatentcvError `file-not-found`, `bad-data` (naming file and frame), `missing-tool`, `bad-argument`.
 */
export async function* readTrajectoryBatches(
  files: readonly string[],
  system: TrajectorySystem,
  reading: TrajectoryReading = {},
): AsyncGenerator<FrameBatch> {
  checkReading(reading);
  if (files.length === 0) throw invalidArgument('at least one trajectory', 'files', 'none');
  const {
    stride = 1,
    threads = availableParallelism(),
    format = '',
    perNanometre = 10,
    salvage = false,
  } = reading;
  const times = new FrameTimes(system.atoms, reading);
  const found = [];
  for (const path of files) found.push(await times.file({ path, format, perNanometre, salvage }));
  for (const { problem } of found)
    if (problem !== '') reading.onWarning?.(`${problem}; the frames before it are taken`);
  if (times.untold.size > 0 && reading.timestep === undefined)
    reading.onWarning?.(`${[...times.untold].join(', ')} tells no times: a step (or frame) is taken as 1 ps`);
  const plan = await planTrajectory(found, reading, times);
  const reader = readerOf(system, threads);
  const columns = columnsOf(system.set);
  const frames = new Frames(columns, system.set.pbc, reading);
  const all = plan.reduce((sum, { from, to }) => sum + Math.ceil((to - from) / stride), 0);
  const atOnce = Math.max(16, Math.min(mostFramesAtOnce, Math.floor(numbersAtOnce / (columns.length || 1))));
  let done = 0;
  for (const part of plan) {
    const { from, to, file } = part;
    if (from === to) continue;
    const first = from + frames.enter(part);
    const count = Math.max(0, Math.ceil((to - first) / stride));
    for (let read = 0; read < count; read += atOnce) {
      const batch = await reader.read(
        file.source,
        first + read * stride,
        Math.min(atOnce, count - read),
        stride,
      );
      yield* frames.batches(batch, part);
      done += batch.states.length;
      reading.onFrames?.(done, all);
    }
    frames.leave(to - from);
  }
}

/** Reads trajectories into one dataset; see `readTrajectoryBatches`. Throws `bad-data` where no frame is left. */
export async function readTrajectory(
  files: readonly string[],
  system: TrajectorySystem,
  reading: TrajectoryReading = {},
): Promise<Dataset> {
  const batches: FrameBatch[] = [];
  for await (const batch of readTrajectoryBatches(files, system, reading)) batches.push(batch);
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
