import { holeFrom } from './tolerances.js';

/** Tells where segments begin as frames come, and which frames a stride takes: those of tables one by one. */
export class SegmentCounter {
  /** Number of the segment of the frame counted last, from 0; -1 before the first. */
  segment = -1;
  private breakPending = true;
  private atSeam = false;
  /** Frames since the segment began. */
  private counted = 0;
  private last = NaN;
  private spacing = NaN;

  constructor(private readonly stride = 1) {}

  /** Another segment of a file follows. */
  seam(startsRun: boolean): void {
    this.atSeam = true;
    if (startsRun) this.break();
  }

  /** What follows is not the next frame of what came before. */
  break(): void {
    this.breakPending = true;
  }

  /** Counts a frame; true where the stride takes it. */
  take(time: number): boolean {
    this.crossSeam(time);
    this.spacing = this.breakPending ? NaN : time - this.last;
    this.last = time;
    this.begin();
    return this.counted++ % this.stride === 0;
  }

  /** Where frames are read a stride apart: how many to pass by before the first, whose time this is. */
  passBy(time: number): number {
    this.crossSeam(time);
    return this.breakPending ? 0 : (this.stride - (this.counted % this.stride)) % this.stride;
  }

  /** One of those frames was read; true where a segment begins with it. */
  read(): boolean {
    return this.begin();
  }

  /** So many frames were read or passed by since the segment began, or since `passBy`; the time of the last. */
  leave(frames: number, last: number, spacing: number): void {
    this.counted += frames;
    this.last = last;
    if (!Number.isNaN(spacing)) this.spacing = spacing;
  }

  private begin(): boolean {
    if (!this.breakPending) return false;
    this.breakPending = false;
    this.counted = 0;
    this.segment++;
    return true;
  }

  /** A restart that left a hole: the frames on either side are not neighbours in time. */
  private crossSeam(time: number): void {
    if (this.atSeam && time - this.last > holeFrom * this.spacing) this.break();
    this.atSeam = false;
  }
}
