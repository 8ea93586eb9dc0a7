import { open, type FileHandle } from 'node:fs/promises';
import { packingOf } from '../../packing/index.js';
import { LatentcvError, readProblem } from '../../support/index.js';
import type { Column } from '../dataset.js';
import { ColvarHeader, LineWalker, RowParser, type LineVisitor } from '../tables/index.js';
import { FileSegments, FrameTimes, type FileSegment } from '../timeline/index.js';
import { RowStore } from './row-store.js';

/** What the file was at the last look. */
interface Seen {
  inode: number;
  size: number;
  modified: number;
  born: number;
  /** Bytes of whole lines that were read, and the last of them. */
  consumed: number;
  tail: Buffer;
}

const chunkBytes = 1 << 20;
/** So many of the last bytes that were read tell whether they are still there: a line of numbers is no longer, or its end. */
const tailBytes = 4096;
const newline = 10;

export interface GrowingTableOptions {
  /** ps per unit of the time column; default 1. */
  timeUnit?: number;
  /** More numbers than this are held in single precision; default 2^25. */
  mostInDouble?: number;
}

/**
 * A PLUMED table that grows: its wanted columns in memory, row by row as they lie in the file. The file is opened to be read,
 * for the time of a look. One that was replaced, cut back, or written anew in its place is read from its beginning.
 */
export class GrowingTable {
  private seen: Seen | undefined;
  private rows: Rows;

  /** @param wanted labels, of columns that the file must have */
  constructor(
    readonly path: string,
    private readonly wanted: readonly string[],
    private readonly options: GrowingTableOptions = {},
  ) {
    this.rows = this.empty();
  }

  /**
   * Reads the whole lines that were written since the last look; true where there was anything new.
   * @throws LatentcvError `file-not-found`, `file-access`, `file-format` (no PLUMED table, or a packed one), `bad-argument`
   *   (a column that is not there)
   */
  async refresh(): Promise<boolean> {
    try {
      const handle = await open(this.path, 'r');
      try {
        return await this.look(handle);
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw readProblem(this.path, error);
    }
  }

  private async look(handle: FileHandle): Promise<boolean> {
    const { ino: inode, size, mtimeMs: modified, birthtimeMs: born } = await handle.stat();
    const { seen } = this;
    if (seen?.inode === inode && seen.size === size && seen.modified === modified) return false;
    const goesOn = seen?.inode === inode && size >= seen.consumed && (await hasTail(handle, seen));
    if (!goesOn && (await packingOf(this.path)) !== undefined) throw packed(this.path);
    if (!goesOn) this.rows = this.empty();
    const before = goesOn ? seen : { consumed: 0, tail: Buffer.alloc(0) };
    try {
      const { consumed, tail } = await this.readOn(handle, before, size);
      this.seen = { inode, size, modified, born, consumed, tail };
      return !goesOn || consumed > before.consumed;
    } catch (error) {
      this.seen = undefined;
      throw error;
    }
  }

  /** Whole lines from where the last look ended. */
  private async readOn(
    handle: FileHandle,
    { consumed: from, tail: before }: Pick<Seen, 'consumed' | 'tail'>,
    size: number,
  ): Promise<Pick<Seen, 'consumed' | 'tail'>> {
    let [consumed, tail, rest] = [from, before, Buffer.alloc(0)];
    while (consumed + rest.length < size) {
      const room = Buffer.allocUnsafe(Math.min(chunkBytes, size - consumed - rest.length));
      const { bytesRead } = await handle.read(room, 0, room.length, consumed + rest.length);
      if (bytesRead === 0) break;
      const bytes = Buffer.concat([rest, room.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf(newline) + 1;
      if (end > 0) {
        const lines = bytes.subarray(0, end);
        this.rows.walk(lines);
        consumed += end;
        tail = Buffer.from(Buffer.concat([tail, lines.subarray(-tailBytes)]).subarray(-tailBytes));
      }
      rest = bytes.subarray(end);
    }
    return { consumed, tail };
  }

  private empty(): Rows {
    return new Rows(this.path, this.wanted, this.options);
  }

  /** Rows as they lie in the file; those that a restart wrote again are among them. */
  get length(): number {
    return this.rows.time.length;
  }
  /** ps, of every row. */
  get time(): FrameTimes {
    return this.rows.time;
  }
  /** Stretches of growing time, in ps; `at` is a row. */
  get segments(): readonly FileSegment[] {
    return this.rows.segments.segments;
  }
  /** Lines that hold no row of numbers, such as a crash cuts off, and rows with NaN or infinite values. */
  get leftOut(): number {
    return this.rows.leftOut;
  }
  /** ms since 1970, when it was last written to; undefined before the first look. */
  get modified(): number | undefined {
    return this.seen?.modified;
  }
  /** ms since 1970, when the file was made; undefined where the file system does not tell. */
  get born(): number | undefined {
    const { born = 0, modified = 0 } = this.seen ?? {};
    return born > 0 && born < modified ? born : undefined;
  }
  /** Bytes that were read. */
  get bytes(): number {
    return this.seen?.consumed ?? 0;
  }
  get single(): boolean {
    return this.rows.store.single;
  }
  /** A wanted column as the file describes it. */
  column(label: string): Column {
    return this.rows.file.column(label);
  }
  /** A wanted column's values, `[rows]`, as they are held. */
  values(label: string): Float64Array | Float32Array {
    return this.rows.store.values(this.wanted.indexOf(label), this.length);
  }
}

/** The rows of one reading of the file. */
class Rows implements LineVisitor {
  readonly file: ColvarHeader;
  readonly segments = new FileSegments();
  readonly time = new FrameTimes();
  readonly store: RowStore;
  leftOut = 0;
  private readonly walker = new LineWalker(this);
  private readonly row: Float64Array;
  private parser = new RowParser(new Int32Array(0));

  constructor(
    private readonly path: string,
    private readonly wanted: readonly string[],
    private readonly options: GrowingTableOptions,
  ) {
    this.file = new ColvarHeader(path);
    this.store = new RowStore(wanted.length, options.mostInDouble);
    this.row = new Float64Array(wanted.length + 1);
  }

  walk(bytes: Buffer): void {
    this.walker.walk({ bytes, complete: true });
  }

  header(words: string[], line: number): void {
    this.file.take(words, line);
    if (words[0] !== 'FIELDS') return;
    this.file.refuseKernels();
    const { fields } = this.file;
    const lacking = this.wanted.find((label) => !fields.includes(label));
    if (lacking !== undefined)
      throw new LatentcvError(
        'bad-argument',
        `expected a column ${lacking} in ${this.path} but it has ${fields.filter((label) => label !== 'time').join(', ')}`,
      );
    this.segments.break();
    const targets = Int32Array.from(fields, (label) => this.wanted.indexOf(label));
    targets[this.file.timeColumn] = this.wanted.length;
    this.parser = new RowParser(targets);
  }

  data(bytes: Buffer, start: number, end: number, line: number): void {
    this.file.require(line);
    const { row, parser, wanted } = this;
    const columns = parser.parse(bytes, start, end, row, 0);
    if (columns !== this.file.fields.length || parser.notNumber >= 0 || parser.notFinite >= 0) {
      this.leftOut++;
      return;
    }
    const time = row[wanted.length] * (this.options.timeUnit ?? 1);
    this.segments.add(time, this.time.length);
    this.time.push(time);
    this.store.push(row);
  }

  truncated(): void {
    this.leftOut++;
  }
}

/** Whether the last bytes that were read are still where they were. */
async function hasTail(handle: FileHandle, { consumed, tail }: Seen): Promise<boolean> {
  if (tail.length === 0) return consumed === 0;
  const there = Buffer.alloc(tail.length);
  const { bytesRead } = await handle.read(there, 0, there.length, consumed - tail.length);
  return bytesRead === tail.length && there.equals(tail);
}

function packed(path: string): LatentcvError {
  return new LatentcvError(
    'file-format',
    `expected a plain table in ${path} but it is packed`,
    'a run that is watched prints to a FILE= without .gz',
  );
}
