import { LatentcvError } from '../support/errors.js';
import { ColvarHeader } from './colvar-header.js';
import { LineWalker, type LineVisitor } from './line-visitor.js';
import { RowParser } from './row-parser.js';
import { textBlocks } from './text-blocks.js';

/** A stretch of lines in which time only grows: one run, or what a restart wrote. */
export interface TimeBlock {
  /** Line of its first frame. */
  line: number;
  /** Time of its first and second frame (NaN where there is one only), in the file's unit. */
  first: number;
  second: number;
  /** Number of lines, a ragged last one included. */
  frames: number;
}

export interface ColvarScan {
  path: string;
  header: ColvarHeader;
  blocks: TimeBlock[];
}

/** Reads the times alone, so that a second reading knows which frames a later restart replaces. */
class TimeScan implements LineVisitor {
  readonly blocks: TimeBlock[] = [];
  private readonly value = new Float64Array(1);
  private parser = new RowParser(Int32Array.of(0));
  private last = Infinity;

  constructor(private readonly file: ColvarHeader) {}

  header(words: string[], line: number): void {
    this.file.take(words, line);
    if (words[0] === 'FIELDS') this.last = Infinity;
    this.parser = new RowParser(Int32Array.from(this.file.fields, (label) => (label === 'time' ? 0 : -1)));
  }

  data(bytes: Buffer, start: number, end: number, line: number): void {
    this.file.require(line);
    let stop = end;
    if (this.file.timeColumn === 0) for (stop = start; stop < end && bytes[stop] > 32;) stop++;
    this.parser.parse(bytes, start, stop, this.value, 0);
    const time = this.value[0];
    if (Number.isNaN(time)) return;
    if (time > this.last) this.continue(time);
    else if (this.isWhole(bytes, start, end)) this.blocks.push({ line, first: time, second: NaN, frames: 1 });
    else return;
    this.last = time;
  }

  truncated(): void {
    // The second reading warns of it.
  }

  private continue(time: number): void {
    const block = this.blocks.at(-1)!;
    if (block.frames++ === 1) block.second = time;
  }

  /** A line that a crash cut within its time must not pass for a restart at an early time. */
  private isWhole(bytes: Buffer, start: number, end: number): boolean {
    return this.parser.parse(bytes, start, end, this.value, 0) === this.file.fields.length;
  }
}

/** First reading of a file: its columns and the stretches of growing time. Throws `file-format`, `bad-data`. */
export async function scanColvar(path: string, chunkBytes?: number): Promise<ColvarScan> {
  const header = new ColvarHeader(path);
  const scan = new TimeScan(header);
  const walker = new LineWalker(scan);
  for await (const block of textBlocks(path, chunkBytes)) walker.walk(block);
  if (header.fields.length === 0) {
    throw new LatentcvError(
      'file-format',
      `expected a PLUMED table in ${path} but found no "#! FIELDS" line`,
    );
  }
  return { path, header, blocks: scan.blocks };
}
