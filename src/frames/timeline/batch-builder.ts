import type { Column } from '../dataset.js';

/** Consecutive frames of one segment; its numbers hold until the next batch is asked for. */
export interface FrameBatch {
  columns: Column[];
  frames: number;
  /** Row-major `[frames, columns]`. */
  data: Float64Array;
  /** ps. */
  time: Float64Array;
  /** Number of the segment the frames belong to, from 0, and the first file of their run. */
  segment: number;
  source: string;
}

function grown(array: Float64Array): Float64Array<ArrayBuffer> {
  const bigger = new Float64Array(array.length * 2);
  bigger.set(array);
  return bigger;
}

/** Rows that follow one another in the same segment. */
interface Piece {
  start: number;
  end: number;
  segment: number;
}

/** Rows gathered until they are taken as batches, each of one segment. */
export class BatchBuilder {
  /** Room for the rows gathered, one more row and one value (the time, behind the row being read). */
  data: Float64Array;
  private time = new Float64Array(256);
  private frames = 0;
  private readonly pieces: Piece[] = [];

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
    const last = this.pieces.at(-1);
    if (last?.segment === segment) last.end++;
    else this.pieces.push({ start: this.frames, end: this.frames + 1, segment });
    this.time[this.frames++] = time;
    if (this.frames === this.time.length) this.time = grown(this.time);
    if (this.offset + this.columns.length >= this.data.length) this.data = grown(this.data);
  }

  /** All batches gathered so far, whose numbers hold until the next row is read. */
  take(): FrameBatch[] {
    const { columns, source, data, time } = this;
    this.frames = 0;
    return this.pieces.splice(0).map(({ start, end, segment }) => ({
      columns,
      frames: end - start,
      data: data.subarray(start * columns.length, end * columns.length),
      time: time.subarray(start, end),
      segment,
      source,
    }));
  }
}
