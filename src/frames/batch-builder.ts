import type { Column } from './dataset.js';

/** Consecutive frames of one segment. */
export interface FrameBatch {
  columns: Column[];
  frames: number;
  /** Row-major `[frames, columns]`. */
  data: Float64Array;
  /** ps. */
  time: Float64Array;
  /** Number of the segment the frames belong to, from 0, and the file they come from. */
  segment: number;
  source: string;
}

function grown(array: Float64Array): Float64Array<ArrayBuffer> {
  const bigger = new Float64Array(array.length * 2);
  bigger.set(array);
  return bigger;
}

/** Rows of one segment, gathered until they are taken as a batch. */
export class BatchBuilder {
  /** Room for the rows gathered, one more row and one value (the time, behind the row being read). */
  data: Float64Array;
  private time = new Float64Array(256);
  private segment = 0;
  private frames = 0;
  private readonly finished: FrameBatch[] = [];

  constructor(
    private readonly columns: Column[],
    private readonly source: string,
  ) {
    this.data = new Float64Array(256 * columns.length + 1);
  }

  /** Where the next row goes in `data`. */
  get offset(): number {
    return this.frames * this.columns.length;
  }

  /** Keeps the row at `offset`. */
  add(time: number, segment: number): void {
    if (segment !== this.segment && this.frames > 0) this.moveToNewBatch();
    this.segment = segment;
    this.time[this.frames++] = time;
    if (this.frames === this.time.length) this.time = grown(this.time);
    if (this.offset + this.columns.length >= this.data.length) this.data = grown(this.data);
  }

  /** All batches gathered so far. */
  take(): FrameBatch[] {
    this.finish();
    return this.finished.splice(0);
  }

  private moveToNewBatch(): void {
    const row = this.data.slice(this.offset, this.offset + this.columns.length);
    this.finish();
    this.data.set(row);
  }

  private finish(): void {
    if (this.frames === 0) return;
    const { columns, frames, segment, source } = this;
    const [data, time] = [this.data.slice(0, this.offset), this.time.slice(0, frames)];
    this.finished.push({ columns, frames, data, time, segment, source });
    this.frames = 0;
  }
}
