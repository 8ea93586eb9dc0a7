import type { Column, FrameBatch } from '../frames/index.js';
import type { NativeBatch } from '../native/index.js';
import { LatentcvError } from '../support/errors.js';
import { frameError, timeOfFrame } from './frame-times.js';
import type { PlannedFile } from './plan-trajectory.js';
import type { TrajectoryReading } from './trajectory-reading.js';

/** Frames as they come, cut into batches of one segment: time grows evenly within each. */
export class FrameSegments {
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
    return out.map(({ rows, times, segment }) => ({
      columns: this.columns,
      frames: rows.length,
      data: rowsOf(batch, rows, width),
      time: Float64Array.from(times),
      segment,
      source: source.path,
    }));
  }

  private refuse(problem: string): void {
    if (!this.reading.salvage) throw frameError(problem);
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
    // frames that a stride passed over may have been lost
    if (this.reading.salvage && time - this.last > 1.5 * this.spacing) this.breakPending = true;
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

/** `[rows, width]`: no copy where all of them are wanted. */
function rowsOf({ values, states }: NativeBatch, rows: readonly number[], width: number): Float64Array {
  if (rows.length === states.length) return values;
  const data = new Float64Array(rows.length * width);
  rows.forEach((row, i) => data.set(values.subarray(row * width, (row + 1) * width), i * width));
  return data;
}
