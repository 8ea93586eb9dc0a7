import { LatentcvError, expectNoStop } from '../../support/index.js';
import { ascii } from './ascii.js';
import { cellsOf, isNumber, readCsvHeader, returnsWithin, type CsvHeader } from './csv-header.js';
import { CsvParser } from './csv-parser.js';
import { FileSegments, type FileSegment, type FrameSink } from '../timeline/index.js';
import { labelsOf, namedColumns, type NamedColumns } from './named-columns.js';
import { fitsOne, otherCells, wordsOf, type Words } from './cells/index.js';
import type { Table, TableReading } from './table.js';
import { startOfText, textBlocks, type TextBlock } from './text-blocks.js';
import { TextReader } from './text-reader.js';

/** Takes a row: `bytes[start, end)`, which it may overwrite. */
type See = (bytes: Buffer, start: number, end: number, line: number) => void;

/** `@` begins the lines by which plots of GROMACS tell of themselves. */
const isComment = (byte: number): boolean => byte === ascii.hash || byte === ascii.at;

/** Walks through blocks of whole lines and tells of each row; comments and empty lines are none. */
class RowWalker {
  private line = 0;
  private ended = false;
  constructor(
    private readonly path: string,
    private readonly firstLine: number,
    private readonly see: See,
  ) {}

  walk({ bytes }: TextBlock): void {
    let back = bytes.indexOf(ascii.carriageReturn);
    for (let from = this.line === 0 ? startOfText(bytes) : 0; from < bytes.length;) {
      const newline = bytes.indexOf(ascii.newline, from);
      const next = newline < 0 ? bytes.length : newline;
      let [start, end] = [from, next];
      while (start < end && bytes[start] <= ascii.blank && bytes[start] !== ascii.tab) start++;
      while (end > start && bytes[end - 1] <= ascii.blank && bytes[end - 1] !== ascii.tab) end--;
      if (back >= 0 && back < start) back = bytes.indexOf(ascii.carriageReturn, start);
      if (back >= 0 && back < end) throw returnsWithin(this.path, this.line + 1);
      const isRow = ++this.line >= this.firstLine && start < end && !isComment(bytes[start]);
      // ends a set of a plot
      if (isRow && bytes[start] === ascii.ampersand) this.ended = true;
      else if (isRow) this.row(bytes, start, end);
      from = next + 1;
    }
  }

  private row(bytes: Buffer, start: number, end: number): void {
    if (!this.ended) return this.see(bytes, start, end, this.line);
    throw new LatentcvError(
      'file-format',
      `expected one set of rows but another begins at ${this.path}:${this.line}`,
      'give each set of the plot as a file of its own',
    );
  }
}

/** The time of rows in turn: what the time column says, else by counting the rows. */
function rowClock({ time, clock }: NamedColumns): (value: number) => number {
  if (time >= 0) return clock;
  let row = 0;
  return () => clock(row++);
}

/**
 * The times alone, so that a second reading knows which frames a later restart replaces, and how many bytes there were: a
 * run that goes on writes more.
 */
async function fileSegments(
  header: CsvHeader,
  named: NamedColumns,
  { chunkBytes, signal }: TableReading,
): Promise<{ segments: readonly FileSegment[]; bytes: number }> {
  const times = new FileSegments();
  const targets = Int32Array.from(named.fields, (_, column) => (column === named.time ? 0 : -1));
  const parser = new CsvParser(targets, header.separator);
  const value = new Float64Array(1);
  const clock = rowClock(named);
  const see: See = (bytes, start, end, line) => {
    if (parser.parse(bytes, start, end, value, 0) !== header.width) return;
    const time = clock(value[0]);
    if (!Number.isNaN(time)) times.add(time, line);
  };
  const walker = new RowWalker(header.path, header.firstLine, see);
  let bytes = 0;
  for await (const block of textBlocks(header.path, chunkBytes)) {
    expectNoStop(signal, 'the reading of frames');
    bytes += block.bytes.length;
    walker.walk(block);
  }
  return { segments: times.segments, bytes };
}

async function* readRows(
  header: CsvHeader,
  named: NamedColumns,
  labels: readonly string[],
  sink: FrameSink,
  reading: TableReading & { bytes: number },
): AsyncGenerator<FrameSink> {
  const { path, separator } = header;
  const targets = Int32Array.from(named.fields, (field) => (field === '' ? -1 : labels.indexOf(field)));
  if (named.time >= 0) targets[named.time] = labels.length;
  const columns = { path, fields: named.fields, clock: rowClock(named) };
  const parser = new CsvParser(targets, separator, otherCells(named.fields, reading));
  const reader = new TextReader(columns, parser, labels.length, sink);
  const walker = new RowWalker(path, header.firstLine, (...row) => reader.data(...row));
  for await (const block of textBlocks(path, reading.chunkBytes, reading.bytes)) {
    walker.walk(block);
    yield sink;
  }
  reader.finish();
}

/**
 * A table of text whose cells have commas, semicolons, tabs or blanks between them, as pandas, numpy.savetxt, OpenMM
 * and spreadsheets write: names in its first line (or in a comment above the rows), quotes where they have to be.
 * @throws LatentcvError `file-format`, `bad-data`
 */
export async function openCsv(path: string, reading: TableReading): Promise<Table> {
  const header = await readCsvHeader(path, reading.chunkBytes);
  const named = namedColumns(path, header.width, header.labels, reading);
  const { text = [], words = new Map<string, Words>() } = reading;
  const { segments, bytes } = await fileSegments(header, named, reading);
  return {
    path,
    labels: labelsOf(named),
    column: (label) =>
      fitsOne(text, label) ? { label, aside: true, words: wordsOf(label, words).list } : { label },
    segments,
    timed: named.time >= 0,
    place: (line) => `${path}:${line}`,
    read: (labels, sink) => readRows(header, named, labels, sink, { ...reading, words, bytes }),
  };
}

/** Rows by which it is told which columns are text. */
const rowsLookedAt = 1000;

/**
 * The columns of a CSV of which none of the first thousand rows holds a number, and some hold text.
 * @throws LatentcvError `file-format`
 */
export async function textColumns(path: string, { chunkBytes, names }: TableReading): Promise<string[]> {
  const header = await readCsvHeader(path, chunkBytes);
  const fields = names ?? header.labels ?? [];
  const [numbers, texts] = [new Set<number>(), new Set<number>()];
  let rows = 0;
  const walker = new RowWalker(path, header.firstLine, (bytes, start, end) => {
    if (rows++ >= rowsLookedAt) return;
    const cells = cellsOf(bytes.toString('utf8', start, end), header.separator);
    cells.forEach((cell, i) => {
      if (cell !== '') (isNumber(cell) ? numbers : texts).add(i);
    });
  });
  for await (const block of textBlocks(path, chunkBytes)) {
    walker.walk(block);
    if (rows >= rowsLookedAt) break;
  }
  return fields.filter((label, i) => label !== '' && texts.has(i) && !numbers.has(i));
}
