import { open, readFile, type FileHandle } from 'node:fs/promises';
import { LatentcvError } from '../../support/index.js';
import { arrayTable, rowsAtOnce, type ArraySource } from './array-table.js';
import { readColumnNotes, type ColumnNotes } from './column-notes.js';
import { readNpyHeader, type NpyHeader } from './npy-header.js';
import type { Table, TableReading } from './table.js';
import { shrunk } from './text-blocks.js';

/**
 * Bytes `[from, to)` of a file that had them all when it was looked through.
 * @throws LatentcvError `bad-data`
 */
async function allBytesOf(path: string, file: FileHandle, from: number, to: number): Promise<Buffer> {
  const bytes = await bytesOf(file, from, to);
  if (bytes.length < to - from) throw shrunk(path, `${to} bytes`, `${from + bytes.length}`);
  return bytes;
}

/** Bytes `[from, to)` of a file, fewer where it ends. */
async function bytesOf(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(to - from);
  let done = 0;
  while (done < buffer.length) {
    const { bytesRead } = await file.read(buffer, done, buffer.length - done, from + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}

/** Rows and columns of the array: `[frames]` of numbers or records, or `[frames, columns]` of numbers. */
function tableShape(path: string, { shape, fields }: NpyHeader): { rows: number; width: number } {
  const records = fields[0]?.name !== undefined;
  const [rows, columns = 1, ...more] = shape;
  const fits = records ? shape.length === 1 : shape.length > 0 && more.length === 0;
  if (fits && columns > 0) return { rows, width: records ? fields.length : columns };
  throw new LatentcvError(
    'file-format',
    `expected an array [frames, columns] in ${path} but received one of shape (${shape.join(', ')})`,
    'array.reshape(len(array), -1) makes such',
  );
}

async function checkLength(
  file: FileHandle,
  path: string,
  { start, itemBytes, shape }: NpyHeader,
): Promise<void> {
  const expected = start + itemBytes * shape.reduce((product, length) => product * length, 1);
  const { size } = await file.stat();
  if (size >= expected) return;
  throw new LatentcvError(
    'file-format',
    `expected ${expected} bytes in ${path} but it ends after ${size}`,
    'it is cut off: write it again',
  );
}

/** Numbers of some rows, as they lie in the file: row by row. */
async function* rowChunks(
  read: (from: number, to: number) => Promise<Buffer>,
  { start, itemBytes, fields }: NpyHeader,
  { rows, width }: { rows: number; width: number },
  chosen: readonly number[],
  reading: TableReading,
): AsyncGenerator<Float64Array> {
  const records = fields[0].name !== undefined;
  const rowBytes = records ? itemBytes : itemBytes * width;
  const places = chosen.map((column) =>
    records ? fields[column] : { type: fields[0].type, offset: column * itemBytes },
  );
  const atOnce = rowsAtOnce(rowBytes, reading);
  for (let from = 0; from < rows; from += atOnce) {
    const count = Math.min(atOnce, rows - from);
    const at = start + from * rowBytes;
    const bytes = await read(at, at + count * rowBytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const out = new Float64Array(count * chosen.length);
    for (let row = 0; row < count; row++)
      for (let i = 0; i < places.length; i++)
        out[row * places.length + i] = places[i].type.read(view, row * rowBytes + places[i].offset);
    yield out;
  }
}

/** The same of an array in Fortran order: column after column. */
async function* columnChunks(
  read: (from: number, to: number) => Promise<Buffer>,
  { start, itemBytes, fields: [{ type }] }: NpyHeader,
  { rows }: { rows: number },
  chosen: readonly number[],
  reading: TableReading,
): AsyncGenerator<Float64Array> {
  // each column is a read of its own, which should not be of a few bytes where there are many columns
  const least = Math.min(512, rowsAtOnce(itemBytes, reading));
  const atOnce = Math.max(least, rowsAtOnce(itemBytes * chosen.length, reading));
  for (let from = 0; from < rows; from += atOnce) {
    const count = Math.min(atOnce, rows - from);
    const out = new Float64Array(count * chosen.length);
    for (const [i, column] of chosen.entries()) {
      const at = start + (column * rows + from) * itemBytes;
      const bytes = await read(at, at + count * itemBytes);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let row = 0; row < count; row++) out[row * chosen.length + i] = type.read(view, row * itemBytes);
    }
    yield out;
  }
}

/** Names of records; else what stands in `<file>.columns`. */
async function notesOf(path: string, { fields }: NpyHeader): Promise<ColumnNotes | undefined> {
  if (fields[0].name !== undefined) return { labels: fields.map(({ name }) => name!), periods: new Map() };
  const notes = `${path}.columns`;
  const text = await readFile(notes, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : readColumnNotes(text, notes);
}

/**
 * An array that numpy.save wrote: `[frames, columns]` of real numbers in any byte order, C or Fortran order, or
 * records with named members. Names of columns come from the records, from `<file>.columns`, or from the reading.
 * @throws LatentcvError `file-format` for other shapes and types, and where the file is cut off
 */
export async function openNpy(path: string, reading: TableReading): Promise<Table> {
  const file = await open(path);
  try {
    const header = await readNpyHeader(path, (from, to) => bytesOf(file, from, to));
    const shape = tableShape(path, header);
    await checkLength(file, path, header);
    const byColumns = header.fortranOrder && shape.width > 1 && header.shape.length > 1;
    const source: ArraySource = {
      path,
      ...shape,
      ...(await notesOf(path, header)),
      async *chunks(chosen) {
        const again = await open(path);
        const chunks = byColumns ? columnChunks : rowChunks;
        try {
          yield* chunks((from, to) => allBytesOf(path, again, from, to), header, shape, chosen, reading);
        } finally {
          await again.close();
        }
      },
    };
    return await arrayTable(source, reading);
  } finally {
    await file.close();
  }
}
