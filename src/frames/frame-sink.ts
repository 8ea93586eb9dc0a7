import { LatentcvError } from '../support/errors.js';
import type { BatchBuilder, FrameBatch } from './batch-builder.js';
import type { FrameFilter } from './frame-filter.js';
import type { PlannedBlock } from './plan-tables.js';
import type { TimeBlock } from './time-blocks.js';

/** How a file's row becomes one of the wanted columns, one value for each of these. */
export interface RowLayout {
  /** Which of the values read goes there; -1 for a column that the file lacks, whose value is 0. */
  places: Int32Array;
  factors: Float64Array;
}

export interface FrameSinkOptions {
  /** ps per unit of the time column. */
  timeUnit: number;
  nonFinite: 'error' | 'drop';
  /** Where rows are not taken as they are read. */
  layout?: RowLayout | undefined;
  onWarning: (message: string) => void;
}

/** A value that cannot be taken: where it stands, and what it is. */
export interface BadValue {
  where: string;
  text: string;
}

/** Takes the rows of one file one by one, and keeps those of the frames that the plan wants. */
export class FrameSink {
  private dropped = 0;
  private nextBlock = 0;

  constructor(
    private readonly file: { path: string; found: readonly TimeBlock[]; planned: readonly PlannedBlock[] },
    private readonly builder: BatchBuilder,
    private readonly filter: FrameFilter,
    private readonly options: FrameSinkOptions,
  ) {}

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
   * @param at line or row, as the blocks of the first reading count
   * @param bad the first of its values that is not finite
   */
  frame(time: number, at: number, bad?: BadValue): void {
    const { filter, file } = this;
    const picoseconds = time * this.options.timeUnit;
    if (file.found[this.nextBlock]?.at === at) filter.enter(file.planned[this.nextBlock++]);
    if (Number.isFinite(time) && !filter.wants(time, picoseconds)) return;
    if (bad) this.drop(bad);
    else if (filter.take(picoseconds)) this.add(picoseconds);
  }

  /** The frames kept since the last call. */
  take(): FrameBatch[] {
    return this.builder.take();
  }

  /** To call after the last row. */
  finish(): void {
    if (this.dropped === 0) return;
    this.warn(`${this.file.path}: ${this.dropped} frames with NaN or infinite values left out`);
  }

  private add(picoseconds: number): void {
    if (this.options.layout) this.arrange(this.options.layout);
    this.builder.add(picoseconds, this.filter.segment);
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
    this.filter.break();
  }
}

/** `expected a number at COLVAR:3, column 2 (d1), but received x` */
export function badValue(expected: 'a number' | 'a finite number', { where, text }: BadValue): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected ${expected} at ${where}, but received ${text}`,
    expected === 'a number'
      ? undefined
      : 'such frames can be left out: --drop-nan, or nonFinite: drop in TypeScript',
  );
}
