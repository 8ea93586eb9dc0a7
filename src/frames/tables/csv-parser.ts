import { ascii } from './ascii.js';
import { cellsOf, type Separator } from './csv-header.js';
import type { LineParser } from './text-reader.js';
import type { OtherCells } from './cells/index.js';
import { RowParser } from './row-parser.js';

/**
 * Reads lines of cells into rows. A line without quotes, empty cells and blanks within cells becomes one of blanks
 * between numbers, which RowParser takes; any other goes through csv-parse.
 */
export class CsvParser implements LineParser {
  private readonly rows: RowParser;
  private readonly separatorByte: number;
  private readonly hasText: boolean;

  /** @param targets, other as RowParser's */
  constructor(
    targets: Int32Array,
    private readonly separator: Separator,
    other?: OtherCells,
  ) {
    this.rows = new RowParser(targets, other);
    this.hasText = other !== undefined && other.words.size > 0;
    this.separatorByte = separator.charCodeAt(0);
  }

  get notFinite(): number {
    return this.rows.notFinite;
  }
  get notNumber(): number {
    return this.rows.notNumber;
  }
  get offending(): string {
    return this.rows.offending;
  }

  /** As RowParser's; the line's separators may be overwritten. */
  parse(bytes: Buffer, start: number, end: number, row: Float64Array, offset: number): number {
    const plain =
      !this.hasText &&
      (this.separatorByte === ascii.blank ? !hasQuote(bytes, start, end) : this.isPlain(bytes, start, end));
    if (!plain)
      return this.rows.cells(cellsOf(bytes.toString('utf8', start, end), this.separator), row, offset);
    if (this.separatorByte !== ascii.blank) this.blankSeparators(bytes, start, end);
    return this.rows.parse(bytes, start, end, row, offset);
  }

  /** Whether each cell is one word, which is not a comment. */
  private isPlain(bytes: Buffer, start: number, end: number): boolean {
    const separator = this.separatorByte;
    let [inWord, words] = [false, 0];
    for (let i = start; i <= end; i++) {
      const byte = i < end ? bytes[i] : separator;
      if (byte === separator) {
        if (words !== 1) return false;
        [inWord, words] = [false, 0];
      } else if (byte <= ascii.blank) inWord = false;
      else if (byte === ascii.quote || byte === ascii.hash) return false;
      else if (!inWord) [inWord, words] = [true, words + 1];
    }
    return true;
  }

  private blankSeparators(bytes: Buffer, start: number, end: number): void {
    for (let i = start; i < end; i++) if (bytes[i] === this.separatorByte) bytes[i] = ascii.blank;
  }
}

function hasQuote(bytes: Buffer, start: number, end: number): boolean {
  const at = bytes.indexOf(ascii.quote, start);
  return at >= 0 && at < end;
}
