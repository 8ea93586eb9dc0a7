import { ascii } from './ascii.js';
import { startOfText, type TextBlock } from './text-blocks.js';

/** What a COLVAR file consists of, line by line (line numbers from 1). */
export interface LineVisitor {
  /** The words after `#!`: `FIELDS time d1` or `SET min_phi -pi`. */
  header(words: string[], line: number): void;
  /** A line of numbers: `bytes[start, end)`, which may end in a comment. */
  data(bytes: Buffer, start: number, end: number, line: number): void;
  /** A line that was cut off: at the end of the file, or where a restarted run wrote on. */
  truncated(line: number): void;
}

/** Walks through blocks of whole lines and tells the visitor what each line is. */
export class LineWalker {
  private line = 0;
  constructor(private readonly visitor: LineVisitor) {}

  walk({ bytes, complete }: TextBlock): void {
    let hash = bytes.indexOf(ascii.hash);
    for (let start = this.line === 0 ? startOfText(bytes) : 0; start < bytes.length;) {
      const newline = bytes.indexOf(ascii.newline, start);
      const end = newline < 0 ? bytes.length : newline;
      if (hash >= 0 && hash < start) hash = bytes.indexOf(ascii.hash, start);
      this.line++;
      this.one(bytes, start, end, hash >= 0 && hash < end ? hash : -1, complete || newline >= 0);
      start = end + 1;
    }
  }

  private one(bytes: Buffer, from: number, end: number, hash: number, complete: boolean): void {
    let start = from;
    while (start < end && bytes[start] <= 32) start++;
    if (start === end) return;
    if (hash >= 0 && bytes[hash + 1] === ascii.exclamation && hash + 1 < end) {
      // PLUMED appends its header to whatever a crash left of the last line.
      if (hash > start) this.visitor.truncated(this.line);
      const words = bytes
        .toString('utf8', hash + 2, end)
        .trim()
        .split(/\s+/);
      if (complete) this.visitor.header(words, this.line);
    } else if (hash !== start) {
      if (complete) this.visitor.data(bytes, start, end, this.line);
      else this.visitor.truncated(this.line);
    }
  }
}
