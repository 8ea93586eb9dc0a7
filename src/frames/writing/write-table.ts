import { expectDataset } from '../expect-dataset.js';
import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import {
  LatentcvError,
  NewFile,
  writeWhole,
  outputPlace,
  expectList,
  expectText,
} from '../../support/index.js';
import type { FrameBatch } from '../timeline/index.js';
import type { Column, Dataset } from '../dataset.js';
import { definitionEnding, promisedFormat } from '../tables/index.js';
import type { TableWriter } from './table-writer.js';

/** What is told of all rows. */
interface WholeTable {
  /** What the columns are. */
  definition?: string;
  /** They have no times. */
  rows?: boolean;
}

/** Frames that follow one another. */
export type Rows = Pick<FrameBatch, 'frames' | 'data' | 'time'> & { source?: string };

/**
 * @throws LatentcvError `bad-argument` for the name of a packed file: tables are written plain
 */
function expectPlain(path: string): void {
  if (/\.gz$/i.test(path))
    throw new LatentcvError('bad-argument', `expected a file that is not packed but received ${path}`);
}

/** The writer that the ending of a file's name asks for: CSV, NPY or HDF5, else COLVAR. */
async function writerFor(
  file: NewFile,
  columns: readonly Column[],
  { definition, rows }: WholeTable,
): Promise<TableWriter> {
  const { path } = file;
  switch (formatOf(path)) {
    case 'csv':
      return (await import('./write-csv.js')).csvWriter(file, columns, {
        separator: /\.tsv$/i.test(path) ? '\t' : ',',
        rows,
      });
    case 'npy':
      return (await import('./write-npy.js')).npyWriter(file, columns);
    case 'hdf5':
      return (await import('./write-hdf5.js')).hdf5Writer(file, columns);
    default:
      return (await import('./write-colvar.js')).colvarWriter(file, columns, definition);
  }
}

const formatOf = (path: string): string | undefined =>
  /\.(txt|xvg)$/i.test(path) ? undefined : promisedFormat(path);

/** Whether what the columns are stands in a file of its own, since the format has no place for it. */
const definedBeside = (path: string): boolean =>
  ['csv', 'npy', 'hdf5'].some((format) => formatOf(path) === format);

/** A file under way, beside its place. */
interface Part {
  file: NewFile;
  writer: TableWriter;
  frames: number;
  lastTime: number;
  source: string | undefined;
}

/** The tables of one call: each trajectory is one. */
class Parts {
  private readonly all: Part[] = [];
  /** Whether the last writer has not been told that its rows are over. */
  private open = false;

  constructor(
    private readonly path: string,
    private readonly columns: readonly Column[],
    private readonly inputs: readonly string[],
    private readonly whole: WholeTable,
  ) {}

  async add(batch: Rows): Promise<void> {
    if (batch.frames === 0) return;
    let part = this.all.at(-1);
    checkGrowing(this.path, batch, part?.frames ?? 0);
    const goesOn = part && batch.time[0] > part.lastTime && batch.source === part.source;
    if (!part || !goesOn) part = await this.next(batch.source);
    await part.writer.rows(batch.time, batch.data);
    part.frames += batch.frames;
    part.lastTime = batch.time[batch.frames - 1];
  }

  private async next(source: string | undefined): Promise<Part> {
    await this.endLast();
    const file = await NewFile.open(this.path, this.inputs);
    const part = { file, frames: 0, lastTime: -Infinity, source } as Part;
    this.all.push(part);
    part.writer = await writerFor(file, this.columns, this.whole);
    this.open = true;
    return part;
  }

  private async endLast(): Promise<void> {
    if (!this.open) return;
    this.open = false;
    await this.all.at(-1)!.writer.end();
  }

  /** Every table is whole before the first takes its place. */
  async putInPlace(): Promise<WrittenTable[]> {
    await this.endLast();
    if (this.all.length === 0)
      throw new LatentcvError('bad-data', `expected frames to write to ${this.path} but there are none`);
    const written: WrittenTable[] = [];
    for (const [i, { file, writer, frames }] of this.all.entries()) {
      const path = this.all.length > 1 ? numbered(this.path, i + 1) : this.path;
      const { beside } = writer;
      const { definition } = this.whole;
      if (beside) await writeWhole(`${path}${beside.ending}`, beside.text, { inputs: this.inputs });
      if (definition !== undefined && definedBeside(path))
        await writeWhole(`${path}${definitionEnding}`, `${definition}\n`, { inputs: this.inputs });
      await file.putInPlace(path, this.inputs);
      written.push({ path, frames });
    }
    return written;
  }

  async discard(): Promise<void> {
    await this.endLast().catch(() => undefined);
    for (const { file } of this.all) await file.discard();
  }
}

/** `out.csv` → `out-2.csv` */
function numbered(path: string, number: number): string {
  const ending = extname(path);
  return `${path.slice(0, path.length - ending.length)}-${number}${ending}`;
}

function checkGrowing(path: string, { time }: Rows, before: number): void {
  const back = time.findIndex((ps, i) => i > 0 && ps <= time[i - 1]);
  if (back < 0) return;
  throw new LatentcvError(
    'bad-argument',
    `expected growing times for ${path} but frame ${before + back} has ${time[back]} ps after ${time[back - 1]} ps`,
    'make it a segment of its own',
  );
}

/** A table that was written. */
export interface WrittenTable {
  path: string;
  frames: number;
}

/**
 * To ask before frames are read: where `writeTables` may write, `out.csv` and, of several trajectories, `out-1.csv`, ….
 * @param inputs files that are read, none of which may be one of them
 * @throws LatentcvError `bad-argument`
 */
export async function expectTablePlace(path: string, inputs: readonly string[]): Promise<void> {
  expectPlain(path);
  await outputPlace(path, inputs);
  if (definedBeside(path)) await outputPlace(`${path}${definitionEnding}`, inputs);
  if (promisedFormat(path) === 'npy') await outputPlace(`${path}.columns`, inputs);
  const folder = dirname(path);
  // a folder that cannot be listed can still be written to
  const ofSeveral = (await readdir(folder).catch(() => [])).filter((name) => isNumbered(name, path));
  for (const name of ofSeveral) await outputPlace(join(folder, name), inputs);
}

/** Whether a name is `out-1.csv`, `out-2.csv`, … of `out.csv`. */
function isNumbered(name: string, path: string): boolean {
  const ending = extname(path);
  const stem = `${basename(path, ending)}-`;
  return (
    name.startsWith(stem) &&
    name.endsWith(ending) &&
    /^\d+$/.test(name.slice(stem.length, name.length - ending.length))
  );
}

/**
 * Writes frames as they come, in the format that the ending asks for (`.csv`, `.tsv`, `.npy`, `.h5`, else a PLUMED
 * table), values so that they read back bit for bit; beside and renamed. A reader takes each file for a run, so each run
 * (told by `source`, or since time goes back) becomes a file of its own: `out-1.csv`, `out-2.csv`, where there are several.
 * @param inputs files that are read, none of which may be written over
 * @param definition a line that tells what the columns are, for `tableDefinition`
 * @throws LatentcvError `bad-argument` where time goes back within a batch, `bad-data` without frames, `file-access`.
 */
export async function writeTables(
  path: string,
  columns: readonly Column[],
  batches: AsyncIterable<Rows> | Iterable<Rows>,
  inputs: readonly string[] = [],
  definition?: string,
): Promise<WrittenTable[]> {
  expectText(path, 'path');
  expectList(columns, 'columns');
  for (const [i, column] of columns.entries()) expectText(column?.label, `columns[${i}].label`);
  expectList(inputs, 'inputs');
  expectPlain(path);
  await outputPlace(path, inputs);
  return writeParts(new Parts(path, columns, inputs, { definition }), batches);
}

async function writeParts(
  parts: Parts,
  batches: AsyncIterable<Rows> | Iterable<Rows>,
): Promise<WrittenTable[]> {
  try {
    for await (const batch of batches) await parts.add(batch);
    return await parts.putInPlace();
  } catch (error) {
    await parts.discard();
    throw error;
  }
}

/**
 * `writeTables` of a dataset.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function writeTable(
  path: string,
  dataset: Dataset,
  inputs: readonly string[] = [],
): Promise<WrittenTable[]> {
  expectDataset(dataset);
  const { columns, data, time, segments, rows } = dataset;
  expectRoomForText(path, columns);
  const batches = segments.map(({ start, end, source }) => ({
    source,
    frames: end - start,
    time: time.subarray(start, end),
    data: data.subarray(start * columns.length, end * columns.length),
  }));
  if (!rows) return writeTables(path, columns, batches, inputs);
  expectPlain(path);
  await outputPlace(path, inputs);
  return writeParts(new Parts(path, columns, inputs, { rows }), batches);
}

/** @throws LatentcvError `bad-argument` for a table of numbers where columns are text */
export function expectRoomForText(path: string, columns: readonly Column[]): void {
  const text = columns.find(({ words }) => words);
  if (!text || formatOf(path) === 'csv') return;
  throw new LatentcvError(
    'bad-argument',
    `expected a CSV or TSV for the column of text ${text.label} but received ${path}`,
  );
}
