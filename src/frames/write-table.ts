import { rename, rm, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { LatentcvError } from '../support/errors.js';
import { outputPlace } from '../support/output-place.js';
import type { FrameBatch } from './batch-builder.js';
import type { Column, Dataset } from './dataset.js';
import { promisedFormat } from './open-table.js';
import type { TableWriter } from './table-writer.js';

/** Frames that follow one another. */
type Rows = Pick<FrameBatch, 'frames' | 'data' | 'time'> & { source?: string };

/** The writer that the ending of a file's name asks for: CSV, NPY or HDF5, else COLVAR. */
async function writerFor(path: string, part: string, columns: readonly Column[]): Promise<TableWriter> {
  if (/\.gz$/i.test(path))
    throw new LatentcvError('bad-argument', `expected a file that is not packed but received ${path}`);
  switch (/\.(txt|xvg)$/i.test(path) ? undefined : promisedFormat(path)) {
    case 'csv':
      return (await import('./write-csv.js')).csvWriter(part, columns, /\.tsv$/i.test(path) ? '\t' : ',');
    case 'npy':
      return (await import('./write-npy.js')).npyWriter(part, columns);
    case 'hdf5':
      return (await import('./write-hdf5.js')).hdf5Writer(part, columns);
    default:
      return (await import('./write-colvar.js')).colvarWriter(part, columns);
  }
}

/** A file under way, beside its place. */
interface Part {
  path: string;
  writer: TableWriter;
  frames: number;
  lastTime: number;
  source: string | undefined;
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
 * Writes frames as they come, in the format that the ending asks for (`.csv`, `.tsv`, `.npy`, `.h5`, else a PLUMED
 * table), values so that they read back bit for bit; beside and renamed. A reader takes each file for a run, so each run
 * (told by `source`, or since time goes back) becomes a file of its own: `out-1.csv`, `out-2.csv`, where there are several.
 * Throws `bad-argument` where time goes back within a batch, `bad-data` without frames.
 */
export async function writeTables(
  path: string,
  columns: readonly Column[],
  batches: AsyncIterable<Rows> | Iterable<Rows>,
): Promise<WrittenTable[]> {
  const place = await outputPlace(path);
  const parts: Part[] = [];
  const next = async (source: string | undefined): Promise<Part> => {
    const part = `${place}.${parts.length + 1}.part`;
    const writer = await writerFor(path, part, columns);
    parts.push({ path: part, writer, frames: 0, lastTime: -Infinity, source });
    return parts.at(-1)!;
  };
  try {
    for await (const batch of batches) {
      if (batch.frames === 0) continue;
      let part = parts.at(-1);
      checkGrowing(path, batch, part?.frames ?? 0);
      if (!part || batch.time[0] <= part.lastTime || batch.source !== part.source) {
        await part?.writer.close();
        part = await next(batch.source);
      }
      await part.writer.rows(batch.time, batch.data);
      part.frames += batch.frames;
      part.lastTime = batch.time[batch.frames - 1];
    }
    if (parts.length === 0)
      throw new LatentcvError('bad-data', `expected frames to write to ${path} but there are none`);
    await parts.at(-1)!.writer.close();
    return await Promise.all(
      parts.map(async (part, i) => {
        const output = parts.length > 1 ? numbered(path, i + 1) : path;
        return putInPlace(part, output, parts.length > 1 ? await outputPlace(output) : place);
      }),
    );
  } catch (error) {
    await parts
      .at(-1)
      ?.writer.close()
      .catch(() => undefined);
    for (const part of parts) await rm(part.path, { force: true });
    throw error;
  }
}

async function putInPlace(
  { path: part, writer: { beside }, frames }: Part,
  path: string,
  place: string,
): Promise<WrittenTable> {
  if (beside) await writeFile(`${path}${beside.ending}`, beside.text);
  await rename(part, place);
  return { path, frames };
}

/** `writeTables` of a dataset. */
export function writeTable(
  path: string,
  { columns, data, time, segments }: Dataset,
): Promise<WrittenTable[]> {
  const batches = segments.map(({ start, end, source }) => ({
    source,
    frames: end - start,
    time: time.subarray(start, end),
    data: data.subarray(start * columns.length, end * columns.length),
  }));
  return writeTables(path, columns, batches);
}
