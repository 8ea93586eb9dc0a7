import { expectNoStop } from '../../support/index.js';
import type { Column } from '../dataset.js';
import { FileSegments, type BadValue, type FrameSink } from '../timeline/index.js';
import { labelsOf, namedColumns, type NamedColumns } from './named-columns.js';
import { fitsOne } from './cells/index.js';
import type { Table, TableReading } from './table.js';

/** Numbers of a file, row by row, whatever holds them. */
export interface ArraySource {
  path: string;
  rows: number;
  /** Columns, the time among them where the file has it. */
  width: number;
  /** What the file calls its columns. */
  labels?: readonly string[];
  /** By label. */
  periods?: ReadonlyMap<string, readonly [number, number]>;
  /** The chosen columns of all rows, row-major `[rows, chosen]`, some rows at a time. */
  chunks(chosen: readonly number[]): AsyncIterable<Float64Array>;
}

async function fileSegments(
  source: ArraySource,
  { time, clock }: NamedColumns,
  { signal }: TableReading,
): Promise<FileSegments> {
  const times = new FileSegments();
  if (time < 0) {
    for (let row = 0; row < source.rows; row++) times.add(clock(row), row);
    return times;
  }
  let row = 0;
  for await (const chunk of source.chunks([time])) {
    expectNoStop(signal, 'the reading of frames');
    for (const value of chunk) {
      if (!Number.isNaN(value)) times.add(clock(value), row);
      row++;
    }
  }
  return times;
}

/** Takes the rows of a source into the sink. */
async function* readRows(
  source: ArraySource,
  { fields, time, clock }: NamedColumns,
  labels: readonly string[],
  sink: FrameSink,
  { gaps = [] }: TableReading,
): AsyncGenerator<FrameSink> {
  const chosen = labels.map((label) => fields.indexOf(label));
  const width = chosen.length;
  const columns = time < 0 ? chosen : [...chosen, time];
  const mayMiss = labels.map((label) => fitsOne(gaps, label));
  const badIn = (values: Float64Array, row: number): BadValue | undefined => {
    const at = values.findIndex(
      (value, i) => !Number.isFinite(value) && !(Number.isNaN(value) && mayMiss[i]),
    );
    if (at < 0) return undefined;
    const where = `${source.path}, row ${row}, column ${columns[at] + 1} (${fields[columns[at]]})`;
    return { where, text: String(values[at]) };
  };
  let row = 0;
  for await (const chunk of source.chunks(columns)) {
    for (let from = 0; from < chunk.length; from += columns.length, row++) {
      const values = chunk.subarray(from, from + columns.length);
      for (let i = 0; i < width; i++) sink.row[sink.offset + i] = values[i];
      sink.frame(clock(time < 0 ? row : values[width]), row, badIn(values, row));
    }
    yield sink;
  }
}

/** A file of numbers as a table of frames; rows are counted from 0. */
export async function arrayTable(source: ArraySource, reading: TableReading): Promise<Table> {
  const { path, periods } = source;
  const named = namedColumns(path, source.width, source.labels, reading);
  const { segments } = await fileSegments(source, named, reading);
  return {
    path,
    labels: labelsOf(named),
    column(label): Column {
      const period = periods?.get(label);
      return period ? { label, period } : { label };
    },
    segments,
    place: (row) => `${path}, row ${row}`,
    timed: named.time >= 0,
    read: (labels, sink) => readRows(source, named, labels, sink, reading),
  };
}

/** Rows read at a time, of so many bytes each. */
export function rowsAtOnce(bytesPerRow: number, { chunkBytes = 1 << 20 }: TableReading): number {
  return Math.max(1, Math.floor(chunkBytes / Math.max(1, bytesPerRow)));
}
