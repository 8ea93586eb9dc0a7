import type { Column } from '../dataset.js';
import type { FileSegment, FrameSink } from '../timeline/index.js';
import type { ColumnPattern } from '../select-columns.js';
import type { AddedColumn } from './added-column.js';
import type { Words } from './cells/index.js';

/** A file of frames that was looked through once: its columns, and when its frames are. */
export interface Table {
  path: string;
  /** Every column but the time. */
  labels: readonly string[];
  /** What the file tells of a column. */
  column(label: string): Column;
  segments: readonly FileSegment[];
  /** Whether the file tells the times of its rows. */
  timed: boolean;
  /** A line or row of the file, as messages name it: `COLVAR:12`. */
  place(at: number): string;
  /** Second reading: rows of these columns go into the sink, which comes back after each piece of the file. */
  read(labels: readonly string[], sink: FrameSink): AsyncIterable<FrameSink>;
}

/** How files of frames are read, whatever their format. */
export interface TableReading {
  /** ps per unit of the time column: 1 unless the PLUMED input has `UNITS TIME=`, or the file names its unit. */
  timeUnit?: number;
  /** ps between frames of files that tell no times; 1 where left out. */
  timestep?: number;
  /** Names of all columns of a file, `time` among them, where it tells none or others. */
  names?: readonly string[];
  /** Which array, or group of arrays, of an HDF5 file. */
  dataset?: string;
  /** By label, what a column's values are multiplied by to be in nm, kJ/mol: 1 where left out. */
  factors?: Readonly<Record<string, number>>;
  /** Columns that these files need not have, and which are 0 in their frames: a bias that did not act. */
  absent?: { columns: readonly string[]; files: readonly string[] };
  /** A column that no file has: it is read as if all had it. */
  added?: AddedColumn;
  /** Files of one folder are parts of one run, which count by their times; each is a run of its own where left out. */
  parts?: boolean;
  /** Rows do not follow one another: they are counted, whatever a CSV, NPY or HDF5 file says of times. */
  rows?: boolean;
  /** Columns of text, of a CSV alone: their values become places in `Column.words`. */
  text?: readonly ColumnPattern[];
  /** Columns whose numbers may be missing: they are NaN there. */
  gaps?: readonly ColumnPattern[];
  /** The words of each column of text, the same for all files of a reading. */
  words?: Map<string, Words>;
  /** Stops the reading between two pieces of a file. */
  signal?: AbortSignal;
  /** Told of everything unusual that does not stop the reading. */
  onWarning?: (message: string) => void;
  /** Bytes of a file in memory at a time; 1 MiB by default. */
  chunkBytes?: number;
}
