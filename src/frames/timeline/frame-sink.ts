import { LatentcvError } from '../../support/index.js';
import type { BatchBuilder, FrameBatch } from './batch-builder.js';
import type { Domains } from '../domains.js';
import type { SegmentCounter } from './segment-counter.js';
import { endsOf, type TimeRange } from './time-range.js';
import { ReplacedFrames, type PlannedSegment } from './timeline.js';

/** How a file's row becomes one of the wanted columns, one value for each of these. */
export interface RowLayout {
  /** Which of the values read goes there; -1 for a column that the file lacks, whose value is 0. */
  places: Int32Array;
  factors: Float64Array;
}

export interface FrameSinkOptions {
  range: TimeRange;
  /** ps per unit of the time column. */
  timeUnit: number;
  nonFinite: 'error' | 'drop';
  /** Where rows are not taken as they are read. */
  layout?: RowLayout | undefined;
  /** Of the columns that are periodic. */
  domains: Domains;
  onWarning: (message: string) => void;
}

/** A value that cannot be taken: where it stands, and what it is. */
export interface BadValue {
  where: string;
  text: string;
}

/** The file that rows come from. */
export interface SinkFile {
  path: string;
  /** A line or row of the file, as messages name it. */
  place(at: number): string;
  segments: readonly PlannedSegment[];
}

const nowhere: PlannedSegment = {
  at: -1,
  first: NaN,
  last: NaN,
  frames: 0,
  until: Infinity,
  startsRun: true,
};

/** Takes the rows of one file one by one, and keeps those of the frames that the plan wants. */
export class FrameSink {
  private dropped = 0;
  private next = 0;
  private segment = nowhere;
  private readonly replaced: ReplacedFrames;
  private readonly begin: number;
  private readonly end: number;

  constructor(
    private readonly file: SinkFile,
    private readonly builder: BatchBuilder,
    private readonly counter: SegmentCounter,
    private readonly options: FrameSinkOptions,
  ) {
    this.replaced = new ReplacedFrames(file.path);
    [this.begin, this.end] = endsOf(options.range);
  }

  /** Where the next row's values go, with room for one more value behind them. */
  get row(): Float64Array {
    return this.builder.data;
  }
  get offset(): number {
    return this.builder.offset;
  }

  warn(message: string): void {
    this.options.onWarning(message);
  }

  /**
   * The row at `offset` is complete.
   * @param at line or row, as the segments of the first reading count
   * @param bad the first of its values that is not finite
   */
  frame(time: number, at: number, bad?: BadValue): void {
    const picoseconds = time * this.options.timeUnit;
    if (this.file.segments[this.next]?.at === at) this.enter(this.file.segments[this.next++]);
    if (Number.isFinite(time) && !this.wants(time, picoseconds)) return;
    if (bad) this.drop(bad);
    else if (this.counter.take(picoseconds)) this.add(picoseconds, at);
  }

  /** The frames kept since the last call. */
  take(): FrameBatch[] {
    return this.builder.take();
  }

  /** To call after the last row. */
  finish(): void {
    for (const line of this.replaced.lines()) this.warn(line);
    if (this.dropped === 0) return;
    this.warn(`${this.file.path}: ${this.dropped} frames with NaN or infinite values left out`);
  }

  private enter(segment: PlannedSegment): void {
    this.segment = segment;
    this.counter.seam(segment.startsRun);
  }

  /** Whether the frame lies in range, and no restart wrote it again. */
  private wants(time: number, picoseconds: number): boolean {
    if (picoseconds < this.begin || picoseconds > this.end) return false;
    const { until, replacedBy = this.file.path } = this.segment;
    if (time < until) return true;
    this.replaced.add(replacedBy, picoseconds);
    return false;
  }

  private add(picoseconds: number, at: number): void {
    if (this.options.layout) this.arrange(this.options.layout);
    this.options.domains.check(this.row, this.offset, () => this.file.place(at));
    this.builder.add(picoseconds, this.counter.segment);
  }

  /** From the last column to the first, since no value moves forward. */
  private arrange({ places, factors }: RowLayout): void {
    const { row, offset } = this;
    for (let i = places.length - 1; i >= 0; i--)
      row[offset + i] = places[i] < 0 ? 0 : row[offset + places[i]] * factors[i];
  }

  private drop(bad: BadValue): void {
    if (this.options.nonFinite === 'error') throw badValue('a finite number', bad);
    this.dropped++;
    this.counter.break();
  }
}

/** `expected a number at COLVAR:3, column 2 (d1), but received x` */
export function badValue(expected: 'a number' | 'a finite number', { where, text }: BadValue): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected ${expected} at ${where}, but received ${text}`,
    expected === 'a number' ? undefined : '‘nonFinite’ leaves such frames out',
  );
}
