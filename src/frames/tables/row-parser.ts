import { ascii } from './ascii.js';
import type { OtherCells } from './cells/index.js';

/** 10^0 … 10^22: every power of ten that a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** In one pass: no digit can belong to two of its parts. Fortran writes D for the exponent of a double. */
const numberText = /^[+-]?(\d+(\.\d*)?|\.\d+)([ed][+-]?\d+)?$/i;
/** And what stands for a number that is missing: R writes NA, pandas nothing between two commas. */
const notFiniteText = /^([+-]?)(nan(\(\w*\))?|inf(inity)?)$|^(<?na>?|n\/a|null)$|^$/i;
/** Without what is infinite. */
const missingText = /^[+-]?nan(\(\w*\))?$|^(<?na>?|n\/a|null)$|^$/i;

/**
 * Reads one line of numbers from bytes into a row, wanted columns only.
 *
 * Exact: with a mantissa below 2^53 and a power of ten that a double holds, one multiplication or division rounds
 * correctly (Clinger 1990, doi:10.1145/93548.93557); everything else goes through `Number`.
 */
export class RowParser {
  /** The first column (from 0) whose value is NaN or infinite, or -1. */
  notFinite = -1;
  /** The first column (from 0) whose text is no number, or -1. */
  notNumber = -1;
  /** The text of the value that one of the above names. */
  offending = '';

  /** @param targets per column of the file: where its value goes in the row, or -1 to skip it */
  constructor(
    private readonly targets: Int32Array,
    private readonly other?: OtherCells,
  ) {}

  /**
   * Parses `bytes[start, end)` and writes the wanted values to `row[offset + target]`.
   * Returns the number of columns on the line.
   * One long function because calls and boxed numbers would cost more than the parsing itself.
   */
  parse(bytes: Uint8Array, start: number, end: number, row: Float64Array, offset: number): number {
    this.notFinite = this.notNumber = -1;
    const targets = this.targets;
    let column = 0;
    let i = start;
    for (;;) {
      while (i < end && bytes[i] <= 32) i++;
      if (i >= end || bytes[i] === ascii.hash) return column;
      const target = column < targets.length ? targets[column] : -1;
      if (target < 0) {
        while (i < end && bytes[i] > 32) i++;
        column++;
        continue;
      }
      const first = i;
      let byte = bytes[i];
      const negative = byte === ascii.minus;
      if (negative || byte === ascii.plus) byte = ++i < end ? bytes[i] : 0;
      let mantissa = 0;
      let digits = 0;
      let exponent = 0;
      let digit = byte - ascii.zero;
      while (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        digits++;
        byte = ++i < end ? bytes[i] : 0;
        digit = byte - ascii.zero;
      }
      if (byte === ascii.point) {
        const point = i;
        byte = ++i < end ? bytes[i] : 0;
        digit = byte - ascii.zero;
        while (digit >= 0 && digit <= 9) {
          mantissa = mantissa * 10 + digit;
          byte = ++i < end ? bytes[i] : 0;
          digit = byte - ascii.zero;
        }
        exponent = point + 1 - i;
        digits -= exponent;
      }
      if ((byte === ascii.lowerE || byte === ascii.upperE) && digits > 0) {
        byte = ++i < end ? bytes[i] : 0;
        const down = byte === ascii.minus;
        if (down || byte === ascii.plus) byte = ++i < end ? bytes[i] : 0;
        let power = 0;
        let powerDigits = 0;
        digit = byte - ascii.zero;
        while (digit >= 0 && digit <= 9) {
          power = power * 10 + digit;
          powerDigits++;
          byte = ++i < end ? bytes[i] : 0;
          digit = byte - ascii.zero;
        }
        exponent += down ? -power : power;
        if (powerDigits === 0) digits = 0;
      }
      if (digits > 0 && byte <= 32 && mantissa < 9007199254740992 && exponent >= -22 && exponent <= 22) {
        const size = exponent < 0 ? mantissa / powers[-exponent] : mantissa * powers[exponent];
        row[offset + target] = negative ? -size : size;
      } else {
        while (i < end && bytes[i] > 32) i++;
        row[offset + target] = this.slow(bytes, first, i, column);
      }
      column++;
    }
  }

  /** The same for a line that is already cut into its cells. */
  cells(cells: readonly string[], row: Float64Array, offset: number): number {
    this.notFinite = this.notNumber = -1;
    cells.forEach((text, column) => {
      const target = this.targets[column] ?? -1;
      if (target >= 0) row[offset + target] = this.number(text.trim(), column);
    });
    return cells.length;
  }

  private slow(bytes: Uint8Array, start: number, end: number, column: number): number {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
    return this.number(text, column);
  }

  private number(text: string, column: number): number {
    const words = this.other?.words.get(column);
    if (words) return words.place(text);
    if (numberText.test(text)) {
      const value = Number(text.replace(/d/i, 'e'));
      if (!Number.isFinite(value)) this.note('notFinite', text, column);
      return value;
    }
    if (this.other?.gaps.has(column) && missingText.test(text)) return NaN;
    this.note(notFiniteText.test(text) ? 'notFinite' : 'notNumber', text, column);
    return NaN;
  }

  private note(kind: 'notFinite' | 'notNumber', text: string, column: number): void {
    if (this.notFinite < 0 && this.notNumber < 0) this.offending = text;
    if (this[kind] < 0) this[kind] = column;
  }
}
