import { open, truncate, type FileHandle } from 'node:fs/promises';
import { isSystemError, readProblem, writeProblem } from '../../support/index.js';

/** How far a table is to be believed. */
export interface TableEnd {
  path: string;
  /** Bytes of the file, and of what is kept of it. */
  size: number;
  kept: number;
  /** Rows that are kept and those behind them, whole or not. */
  rows: number;
  dropped: number;
  /** Time of the last row that is kept; undefined where there is none. */
  lastTime: number | undefined;
}

const blockSize = 1 << 20;

/**
 * Finds the end of a table's rows up to a time, reading it once: its first row behind that time, or one that is not whole (the
 * last, without its line's end or with columns missing), and all that follows do not count. Undefined where there is no file.
 * @param isKept whether a row of this time counts
 * @param options.from bytes at the file's beginning that are another run's and stay
 * @param options.finite a row with a number that is none is where the table ends: a hill of a run that blew up spoils the bias
 */
export async function endOfTable(
  path: string,
  isKept: (time: number) => boolean,
  { from = 0, finite = false }: { from?: number; finite?: boolean } = {},
): Promise<TableEnd | undefined> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw readProblem(path, error, 'the table');
  }
  try {
    const { size } = await file.stat();
    const reader = new RowReader({ isKept, finite }, Math.min(from, size));
    for (let position = Math.min(from, size); position < size;) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(blockSize), 0, blockSize, position);
      if (bytesRead === 0) break;
      reader.take(buffer.toString('latin1', 0, bytesRead));
      position += bytesRead;
    }
    return { path, size, ...reader.end() };
  } finally {
    await file.close();
  }
}

/** Counts the rows of a text that comes in pieces. */
class RowReader {
  private rest = '';
  private columns = 0;
  private rows = 0;
  private dropped = 0;
  private lastTime: number | undefined;
  private position: number;
  private kept: number;

  constructor(
    private readonly rules: { isKept: (time: number) => boolean; finite: boolean },
    from: number,
  ) {
    this.position = this.kept = from;
  }

  take(piece: string): void {
    const lines = (this.rest + piece).split('\n');
    this.rest = lines.pop()!;
    for (const line of lines) this.line(line);
  }

  end(): Pick<TableEnd, 'kept' | 'rows' | 'dropped' | 'lastTime'> {
    if (this.rest.trim() !== '') this.dropped++;
    const { kept, rows, dropped, lastTime } = this;
    return { kept, rows, dropped, lastTime };
  }

  private line(line: string): void {
    this.position += line.length + 1;
    if (/^\s*(#|$)/.test(line)) {
      if (line.startsWith('#! FIELDS')) this.columns = wordCount(line) - 2;
      return;
    }
    const time = Number.parseFloat(line);
    if (this.dropped > 0 || !this.rules.isKept(time) || !this.isWhole(line)) {
      this.dropped++;
      return;
    }
    this.rows++;
    this.lastTime = time;
    this.kept = this.position;
  }

  private isWhole(line: string): boolean {
    if (wordCount(line) < this.columns) return false;
    return !(this.rules.finite && /\b(nan|inf)/i.test(line));
  }
}

const wordCount = (line: string): number => line.trim().split(/\s+/).length;

/** Cuts a table to what is kept of it. PLUMED writes its header anew before the next row. */
export async function cutTable({ path, kept, size }: TableEnd): Promise<void> {
  if (kept >= size) return;
  try {
    await truncate(path, kept);
  } catch (error) {
    throw writeProblem(path, error);
  }
}
