import { LatentcvError, expectNoStop } from '../../support/index.js';
import { ColvarHeader } from './colvar-header.js';
import { otherCells } from './cells/index.js';
import { FileSegments, type FrameSink } from '../timeline/index.js';
import { LineWalker, type LineVisitor } from './line-visitor.js';
import { RowParser } from './row-parser.js';
import type { Table, TableReading } from './table.js';
import { textBlocks } from './text-blocks.js';
import { TextReader } from './text-reader.js';

/** Reads the times alone, so that a second reading knows which frames a later restart replaces. */
class TimeScan implements LineVisitor {
  readonly times = new FileSegments();
  private readonly value = new Float64Array(1);
  private parser = new RowParser(Int32Array.of(0));

  constructor(private readonly file: ColvarHeader) {}

  header(words: string[], line: number): void {
    this.file.take(words, line);
    if (words[0] === 'FIELDS') this.times.break();
    this.parser = new RowParser(Int32Array.from(this.file.fields, (label) => (label === 'time' ? 0 : -1)));
  }

  data(bytes: Buffer, start: number, end: number, line: number): void {
    this.file.require(line);
    let stop = end;
    if (this.file.timeColumn === 0) for (stop = start; stop < end && bytes[stop] > 32;) stop++;
    this.parser.parse(bytes, start, stop, this.value, 0);
    const time = this.value[0];
    if (Number.isNaN(time)) return;
    if (this.times.goesOn(time) || this.isWhole(bytes, start, end)) this.times.add(time, line);
  }

  truncated(): void {
    // The second reading warns of it.
  }

  /** A line that a crash cut within its time must not pass for a restart at an early time. */
  private isWhole(bytes: Buffer, start: number, end: number): boolean {
    return this.parser.parse(bytes, start, end, this.value, 0) === this.file.fields.length;
  }
}

async function* readRows(
  { path, fields, timeColumn }: ColvarHeader,
  labels: readonly string[],
  sink: FrameSink,
  { chunkBytes, gaps, bytes }: Pick<TableReading, 'chunkBytes' | 'gaps'> & { bytes: number },
): AsyncGenerator<FrameSink> {
  const targets = Int32Array.from(fields, (field) => labels.indexOf(field));
  targets[timeColumn] = labels.length;
  const columns = { path, fields, clock: (time: number) => time };
  const parser = new RowParser(targets, otherCells(fields, { gaps }));
  const reader = new TextReader(columns, parser, labels.length, sink);
  const walker = new LineWalker(reader);
  for await (const block of textBlocks(path, chunkBytes, bytes)) {
    walker.walk(block);
    yield sink;
  }
  reader.finish();
}

/**
 * A PLUMED table: its columns and the segments.
 * @throws LatentcvError `file-format`, `bad-data`
 */
export async function openColvar(path: string, reading: TableReading): Promise<Table> {
  const { chunkBytes, gaps, signal } = reading;
  const header = new ColvarHeader(path);
  const scan = new TimeScan(header);
  const walker = new LineWalker(scan);
  // a run that goes on writes more: the second reading ends where the first one did
  let bytes = 0;
  for await (const block of textBlocks(path, chunkBytes)) {
    expectNoStop(signal, 'the reading of frames');
    bytes += block.bytes.length;
    walker.walk(block);
  }
  if (header.fields.length === 0) {
    throw new LatentcvError(
      'file-format',
      `expected a PLUMED table in ${path} but found no "#! FIELDS" line`,
    );
  }
  header.refuseKernels();
  return {
    path,
    labels: header.fields.filter((label) => label !== 'time'),
    column: (label) => header.column(label),
    segments: scan.times.segments,
    timed: true,
    place: (line) => `${path}:${line}`,
    read: (labels, sink) => readRows(header, labels, sink, { chunkBytes, gaps, bytes }),
  };
}
