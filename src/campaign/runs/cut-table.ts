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

/** Whether a row of this time counts. */
type IsKept = (time: number) => boolean;

/** What a table is beside its rows. */
interface TableRules {
  /** Bytes at the file's beginning that are another run's and stay. */
  from?: number;
  /** A row with a number that is none is where the table ends: a hill of a run that blew up spoils the bias. */
  finite?: boolean;
}

/**
 * Finds the end of a table's rows up to a time: its first row behind that time, or one that is not whole (the last, without its
 * line's end or with columns missing), and all that follows do not count. Undefined where there is no file.
 */
export async function endOfTable(
  path: string,
  isKept: IsKept,
  rules: TableRules = {},
): Promise<TableEnd | undefined> {
  return (await endsOfTable(path, [isKept], rules))?.[0];
}

/** The same for several times, reading the table once. */
export async function endsOfTable(
  path: string,
  each: readonly IsKept[],
  { from = 0, finite = false }: TableRules = {},
): Promise<TableEnd[] | undefined> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw readProblem(path, error, 'the table');
  }
  try {
    const { size } = await file.stat();
    const reader = new RowReader(each, finite, Math.min(from, size));
    for (let position = Math.min(from, size); position < size;) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(blockSize), 0, blockSize, position);
      if (bytesRead === 0) break;
      reader.take(buffer.toString('latin1', 0, bytesRead));
      position += bytesRead;
    }
    return reader.ends().map((end) => ({ path, size, ...end }));
  } finally {
    await file.close();
  }
}

type Counts = Pick<TableEnd, 'kept' | 'rows' | 'dropped' | 'lastTime'>;

/** Counts the rows of a text that comes in pieces, up to several ends. */
class RowReader {
  private rest = '';
  private columns = 0;
  private readonly counts: Counts[];

  constructor(
    private readonly each: readonly IsKept[],
    private readonly finite: boolean,
    /** Bytes read. */
    private position: number,
  ) {
    this.counts = each.map(() => ({ kept: position, rows: 0, dropped: 0, lastTime: undefined }));
  }

  take(piece: string): void {
    const lines = (this.rest + piece).split('\n');
    this.rest = lines.pop()!;
    for (const line of lines) this.line(line);
  }

  ends(): readonly Counts[] {
    if (this.rest.trim() !== '') for (const counts of this.counts) counts.dropped++;
    return this.counts;
  }

  private line(line: string): void {
    this.position += line.length + 1;
    if (/^\s*(#|$)/.test(line)) {
      if (line.startsWith('#! FIELDS')) this.columns = wordCount(line) - 2;
      return;
    }
    const time = Number.parseFloat(line);
    const whole = this.isWhole(line);
    this.counts.forEach((counts, i) => {
      if (counts.dropped > 0 || !this.each[i](time) || !whole) {
        counts.dropped++;
        return;
      }
      counts.rows++;
      counts.lastTime = time;
      counts.kept = this.position;
    });
  }

  private isWhole(line: string): boolean {
    if (wordCount(line) < this.columns) return false;
    return !(this.finite && /\b(nan|inf)/i.test(line));
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
