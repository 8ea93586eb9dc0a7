import { holeFrom, SegmentCounter, type Column, type FrameBatch } from '../../frames/index.js';
import { frameStates, type NativeBatch } from '../../native/index.js';
import { LatentcvError } from '../../support/index.js';
import type { PlannedFrames } from './plan-trajectory.js';
import { frameError, timeOfFrame } from './trajectory-files.js';
import type { TrajectoryReading } from './trajectory-reading.js';

/** Frames of a file that were read at once: which they are. */
export interface FrameNumbers {
  first: number;
  stride: number;
}

/** Frames as they come, cut into batches of one segment: time grows evenly within each. */
export class FrameSegments {
  private readonly counter: SegmentCounter;
  /** The frame that the segment, or what of it is in this piece, begins with. */
  private start = 0;
  private last = NaN;
  private spacing = NaN;
  private box: boolean | undefined;
  private readonly told = new Set<string>();

  constructor(
    private readonly columns: Column[],
    private readonly pbc: boolean,
    private readonly reading: TrajectoryReading,
  ) {
    this.counter = new SegmentCounter(reading.stride);
  }

  /** How many of the next frames to pass over before the stride takes one. */
  enter({ file, from, startsRun }: PlannedFrames): number {
    this.counter.seam(startsRun);
    this.last = NaN;
    this.start = from;
    return this.counter.passBy(file.times.at(from)!);
  }

  /** To call behind the last batch of a piece. */
  leave({ file, to, spacing }: PlannedFrames): void {
    this.counter.leave(to - this.start, file.times.at(to - 1)!, spacing);
  }

  batches(batch: NativeBatch, { file, run }: PlannedFrames, { first, stride }: FrameNumbers): FrameBatch[] {
    const { path } = file.source;
    const out: { rows: number[]; times: number[]; segment: number }[] = [];
    let problem = 0;
    batch.states.forEach((state, row) => {
      if (state === frameStates.bad) return this.refuse(batch.problems[problem++]);
      if (state === frameStates.withoutPositions)
        return this.warn(`${path} has frames without positions, which are left out`);
      const index = first + row * stride;
      const time = file.bySteps
        ? file.times.at(index)!
        : timeOfFrame(batch.times[row], batch.steps[row], this.reading);
      this.checkBox(batch.boxes[row] === 1, path, time);
      this.follow(time, index, path);
      if (out.at(-1)?.segment !== this.counter.segment)
        out.push({ rows: [], times: [], segment: this.counter.segment });
      out.at(-1)!.rows.push(row);
      out.at(-1)!.times.push(time);
    });
    return out.map(({ rows, times, segment }) => ({
      columns: this.columns,
      frames: rows.length,
      data: rowsOf(batch, rows, this.columns.length),
      time: Float64Array.from(times),
      segment,
      source: run,
    }));
  }

  private refuse(problem: string): void {
    if (!this.reading.salvage) throw frameError(problem);
    this.warn(`${problem}; this frame is left out`);
    this.counter.break();
  }

  private follow(time: number, index: number, path: string): void {
    const step = time - this.last;
    if (step <= 0) {
      this.warn(`${path}: time goes back to ${time} ps, where another segment begins`);
      this.counter.break();
    }
    // frames that a stride passed over may have been lost
    if (this.reading.salvage && step > holeFrom * this.spacing) this.counter.break();
    if (this.counter.read()) [this.start, this.spacing] = [index, NaN];
    else if (Number.isNaN(this.spacing)) this.spacing = step;
    this.last = time;
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

/** `[rows, width]`: no copy where all of them are wanted. */
function rowsOf({ values, states }: NativeBatch, rows: readonly number[], width: number): Float64Array {
  if (rows.length === states.length) return values;
  const data = new Float64Array(rows.length * width);
  rows.forEach((row, i) => data.set(values.subarray(row * width, (row + 1) * width), i * width));
  return data;
}
