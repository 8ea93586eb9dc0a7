import { LatentcvError } from '../../support/index.js';
import { badValue, type BadValue, type FrameSink } from '../timeline/index.js';
import type { LineVisitor } from './line-visitor.js';
import type { RowParser } from './row-parser.js';

/** How a row of text becomes numbers, whatever stands between them. */
export type LineParser = Pick<RowParser, 'parse' | 'notFinite' | 'notNumber' | 'offending'>;

/** The columns of a text file: `clock` tells a row's time from what the parser put behind the row's values. */
export interface TextColumns {
  path: string;
  /** All columns, the time's among them. */
  fields: readonly string[];
  clock: (value: number) => number;
}

/** Longest text of a value in a message. */
const mostShown = 40;

const shortened = (text: string): string =>
  text.length > mostShown ? `${text.slice(0, mostShown)}… (${text.length} characters)` : text;

/** Second reading of a file of text: parses its rows into the sink. */
export class TextReader implements LineVisitor {
  /** A line with too few or too many columns: a crash's trace if nothing follows it, else an error. */
  private ragged: { line: number; columns: number } | undefined;

  /** @param width of a row; the parser puts the time behind it */
  constructor(
    private readonly columns: TextColumns,
    private readonly parser: LineParser,
    private readonly width: number,
    private readonly sink: FrameSink,
  ) {}

  header(): void {
    if (this.ragged) this.truncated(this.ragged.line);
    this.ragged = undefined;
  }

  truncated(line: number): void {
    this.sink.warn(`${this.columns.path}:${line}: the line is cut off, as after a crash; frame left out`);
  }

  data(bytes: Buffer, start: number, end: number, line: number): void {
    if (this.ragged) this.throwRagged(this.ragged);
    const { parser, sink } = this;
    const columns = parser.parse(bytes, start, end, sink.row, sink.offset);
    if (columns === this.columns.fields.length) this.frame(sink.row[sink.offset + this.width], line);
    else this.ragged = { line, columns };
  }

  /** To call after the last line. */
  finish(): void {
    this.header();
  }

  private frame(time: number, line: number): void {
    const { notNumber, notFinite } = this.parser;
    if (notNumber >= 0) throw badValue('a number', this.bad(notNumber, line));
    this.sink.frame(this.columns.clock(time), line, notFinite >= 0 ? this.bad(notFinite, line) : undefined);
  }

  private bad(column: number, line: number): BadValue {
    const { path, fields } = this.columns;
    const where = `${path}:${line}, column ${column + 1} (${fields[column]})`;
    return { where, text: shortened(this.parser.offending) || 'nothing' };
  }

  private throwRagged({ line, columns }: { line: number; columns: number }): never {
    const { path, fields } = this.columns;
    throw new LatentcvError(
      'file-format',
      `expected ${fields.length} columns at ${path}:${line} but received ${columns}`,
    );
  }
}
