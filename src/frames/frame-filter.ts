import type { PlannedBlock } from './plan-tables.js';

/** Which frames to take. */
export interface FrameRange {
  /** First and last time in ps, both included. */
  begin?: number;
  end?: number;
  /** Every how many frames of a segment, counted from its first within `begin` and `end`. */
  stride?: number;
}

/** Decides frame by frame what is kept, and where segments begin. */
export class FrameFilter {
  /** Number of the segment of the frame counted last, from 0; -1 before the first. */
  segment = -1;
  private block: PlannedBlock = { until: Infinity, startsTrajectory: true };
  private breakPending = true;
  private atBorder = false;
  private counter = 0;
  private last = NaN;
  private spacing = NaN;

  constructor(private readonly range: FrameRange) {}

  enter(block: PlannedBlock): void {
    this.block = block;
    this.atBorder = true;
    if (block.startsTrajectory) this.break();
  }

  /** What follows is not the next frame of what came before. */
  break(): void {
    this.breakPending = true;
  }

  /** Whether no restart replaced the frame at this time (in the file's unit) and it lies in range (in ps). */
  wants(time: number, picoseconds: number): boolean {
    const { begin = -Infinity, end = Infinity } = this.range;
    return time < this.block.until && picoseconds >= begin && picoseconds <= end;
  }

  /** Counts a wanted frame; true where the stride takes it. */
  take(picoseconds: number): boolean {
    // A restart that left a hole: the frames on either side are not neighbours in time.
    if (this.atBorder && picoseconds - this.last > 1.5 * this.spacing) this.break();
    this.spacing = this.breakPending ? NaN : picoseconds - this.last;
    this.last = picoseconds;
    this.atBorder = false;
    if (this.breakPending) this.startSegment();
    return this.counter++ % (this.range.stride ?? 1) === 0;
  }

  private startSegment(): void {
    this.breakPending = false;
    this.counter = 0;
    this.segment++;
  }
}
