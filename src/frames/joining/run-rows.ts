import type { FrameColumns } from '../read-columns.js';
import type { Times } from '../timeline/index.js';

/** Frames or rows that were left out: how many, and when the first and the last of them were. */
export class LeftOut {
  count = 0;
  first = NaN;
  last = NaN;

  add(time: number): void {
    if (this.count++ === 0) this.first = time;
    this.last = time;
  }
}

/** Differences that the usual spacing is told by. */
const mostDifferences = 1001;

/** The middle one of the differences within the segments, of some of them where there are many; NaN of none. */
function usualSpacing(time: Times, segments: FrameColumns['segments']): number {
  const all = segments.reduce((sum, { start, end }) => sum + end - start - 1, 0);
  const stride = Math.max(1, Math.floor(all / mostDifferences));
  const differences: number[] = [];
  for (const { start, end } of segments)
    for (let row = start + 1; row < end; row += stride) differences.push(time.at(row)! - time.at(row - 1)!);
  differences.sort((a, b) => a - b);
  return differences.at(differences.length >> 1) ?? NaN;
}

/** The rows of a run's tables, passed by once in the order of their times. */
export class RunRows {
  /** ps between rows. */
  readonly spacing: number;
  readonly leftOut = new LeftOut();
  private readonly values: readonly (Float64Array | Float32Array)[];
  private next = 0;
  private segment = 0;

  constructor(
    private readonly rows: FrameColumns,
    labels: readonly string[],
  ) {
    this.values = labels.map((label) => rows.values(label));
    this.spacing = usualSpacing(rows.time, rows.segments);
  }

  get count(): number {
    return this.rows.frames;
  }
  get first(): number {
    return this.rows.time.at(0)!;
  }
  get last(): number {
    return this.rows.time.at(this.rows.frames - 1)!;
  }

  /** The row at this time, which no later call asks for again; undefined where there is none. Times must grow. */
  take(time: number, tolerance: number): { row: number; segment: number } | undefined {
    const { time: times, frames, segments } = this.rows;
    for (; this.next < frames; this.next++) {
      const own = times.at(this.next)!;
      if (own > time + tolerance) return undefined;
      const after = times.at(this.next + 1) ?? Infinity;
      const nearest = Math.abs(own - time) <= Math.abs(after - time);
      if (own >= time - tolerance && nearest) {
        const row = this.next++;
        while (segments[this.segment].end <= row) this.segment++;
        return { row, segment: this.segment };
      }
      this.leftOut.add(own);
    }
    return undefined;
  }

  /** Puts a row's values there. */
  put(row: number, into: Float64Array, at: number): void {
    this.values.forEach((column, i) => (into[at + i] = column[row]));
  }

  /** No frame follows. */
  finish(): void {
    for (; this.next < this.rows.frames; this.next++) this.leftOut.add(this.rows.time.at(this.next)!);
  }
}
