import { LatentcvError } from '../support/errors.js';
import type { BatchBuilder } from './batch-builder.js';
import type { FrameFilter } from './frame-filter.js';
import type { LineVisitor } from './line-visitor.js';
import type { PlannedFile } from './plan-colvar.js';
import { RowParser } from './row-parser.js';

export interface FrameReaderOptions {
  /** ps per unit of the time column. */
  timeUnit: number;
  nonFinite: 'error' | 'drop';
  onWarning: (message: string) => void;
}

/** Second reading of one file: parses the frames that the plan keeps into the batch builder. */
export class FrameReader implements LineVisitor {
  private dropped = 0;
  private nextBlock = 0;
  /** A line with too few or too many columns: a crash's trace if nothing follows it, else an error. */
  private ragged: { line: number; columns: number } | undefined;
  private readonly parser: RowParser;
  private readonly fields: readonly string[];

  constructor(
    private readonly file: PlannedFile,
    private readonly width: number,
    private readonly builder: BatchBuilder,
    private readonly filter: FrameFilter,
    private readonly options: FrameReaderOptions,
  ) {
    this.fields = file.scan.header.fields;
    const targets = file.targets.slice();
    targets[file.scan.header.timeColumn] = width;
    this.parser = new RowParser(targets);
  }

  header(): void {
    if (this.ragged) this.truncated(this.ragged.line);
    this.ragged = undefined;
  }

  truncated(line: number): void {
    this.options.onWarning(
      `${this.file.scan.path}:${line}: the line is cut off, as after a crash; frame left out`,
    );
  }

  data(bytes: Buffer, start: number, end: number, line: number): void {
    if (this.ragged) this.throwRagged(this.ragged);
    const { parser, builder } = this;
    const columns = parser.parse(bytes, start, end, builder.data, builder.offset);
    if (columns === this.fields.length) this.frame(builder.data[builder.offset + this.width], line);
    else this.ragged = { line, columns };
  }

  /** To call after the last line. */
  finish(): void {
    this.header();
    if (this.dropped === 0) return;
    this.options.onWarning(
      `${this.file.scan.path}: ${this.dropped} frames with NaN or infinite values left out`,
    );
  }

  private frame(time: number, line: number): void {
    const { parser, filter } = this;
    const picoseconds = time * this.options.timeUnit;
    if (parser.notNumber >= 0) this.throwValue('a number', parser.notNumber, line);
    if (this.file.scan.blocks[this.nextBlock]?.line === line)
      filter.enter(this.file.blocks[this.nextBlock++]);
    if (Number.isFinite(time) && !filter.wants(time, picoseconds)) return;
    if (parser.notFinite >= 0) this.drop(line);
    else if (filter.take(picoseconds)) this.builder.add(picoseconds, filter.segment);
  }

  private drop(line: number): void {
    if (this.options.nonFinite === 'error') this.throwValue('a finite number', this.parser.notFinite, line);
    this.dropped++;
    this.filter.break();
  }

  private throwValue(expected: string, column: number, line: number): never {
    throw new LatentcvError(
      'bad-data',
      `expected ${expected} at ${this.file.scan.path}:${line}, column ${column + 1} (${this.fields[column]}), ` +
        `but received ${this.parser.offending}`,
      expected === 'a number' ? undefined : 'such frames can be left out on request (nonFinite: drop)',
    );
  }

  private throwRagged({ line, columns }: { line: number; columns: number }): never {
    const expected = this.fields.length;
    throw new LatentcvError(
      'file-format',
      `expected ${expected} columns at ${this.file.scan.path}:${line} but received ${columns}`,
    );
  }
}
