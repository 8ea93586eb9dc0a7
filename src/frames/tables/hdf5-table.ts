import { arrayTable, rowsAtOnce, type ArraySource } from './array-table.js';
import { expectUnpacked, hdf5Problem, loadHdf5, type H5Dataset, type H5File } from '../../support/index.js';
import { findLayout, type Hdf5Layout } from './hdf5-layout.js';
import type { Table, TableReading } from './table.js';
import { shrunk } from './text-blocks.js';

async function openFile(path: string): Promise<H5File> {
  const { File } = await loadHdf5();
  try {
    return new File(path, 'r');
  } catch (error) {
    throw hdf5Problem(path, error);
  }
}

/** Rows `[from, to)` of an array, as numbers. */
function rowsOf(dataset: H5Dataset, from: number, to: number): ArrayLike<number> {
  const values = dataset.slice(dataset.shape!.length === 1 ? [[from, to]] : [[from, to], []]);
  if (values instanceof BigInt64Array || values instanceof BigUint64Array)
    return Float64Array.from(values, Number);
  if (Array.isArray(values)) return Float64Array.from(values, Number);
  return values as ArrayLike<number>;
}

/** Rows at a time, whole chunks of the file where it has some: each is unpacked once. */
function alignedRows(dataset: H5Dataset, bytesPerRow: number, reading: TableReading): number {
  const rows = rowsAtOnce(bytesPerRow, reading);
  const chunk = dataset.metadata.chunks?.[0] ?? 1;
  return Math.max(chunk, rows - (rows % chunk));
}

/** Which array a column is in, and where there. */
function placesOf({ arrays }: Hdf5Layout): { array: number; column: number }[] {
  return arrays.flatMap(({ columns }, array) =>
    Array.from({ length: columns }, (_, column) => ({ array, column })),
  );
}

async function* chunksOf(
  path: string,
  layout: Hdf5Layout,
  chosen: readonly number[],
  reading: TableReading,
): AsyncGenerator<Float64Array> {
  const file = await openFile(path);
  try {
    const all = placesOf(layout);
    const places = chosen.map((column) => all[column]);
    const needed = [...new Set(places.map(({ array }) => array))];
    const datasets = new Map(
      needed.map((array) => [array, file.get(layout.arrays[array].path) as H5Dataset]),
    );
    datasets.forEach(expectUnpacked);
    for (const { shape } of datasets.values())
      if (!(shape![0] >= layout.rows)) throw shrunk(path, `${layout.rows} rows`, String(shape![0]));
    const width = needed.reduce((sum, array) => sum + layout.arrays[array].columns, 0);
    const atOnce = alignedRows(datasets.get(needed[0])!, 8 * width, reading);
    for (let from = 0; from < layout.rows; from += atOnce) {
      const count = Math.min(atOnce, layout.rows - from);
      const values = new Map([...datasets].map(([array, each]) => [array, rowsOf(each, from, from + count)]));
      const out = new Float64Array(count * places.length);
      places.forEach(({ array, column }, i) => {
        const [source, stride] = [values.get(array)!, layout.arrays[array].columns];
        for (let row = 0; row < count; row++) out[row * places.length + i] = source[row * stride + column];
      });
      yield out;
    }
  } catch (error) {
    throw hdf5Problem(path, error);
  } finally {
    file.close();
  }
}

/**
 * A table in an HDF5 file, as h5py, MDTraj, PyTables and pandas write: one array `[frames, columns]` (named by an
 * attribute or an array of text called `columns`, `labels` or `names`; a `time` beside it), or an array for each
 * column.
 * @throws LatentcvError `file-format` where the file is damaged or which array is meant is not clear
 */
export async function openHdf5(path: string, reading: TableReading): Promise<Table> {
  const file = await openFile(path);
  let layout: Hdf5Layout;
  try {
    layout = findLayout(path, file, reading.dataset);
  } catch (error) {
    throw hdf5Problem(path, error);
  } finally {
    file.close();
  }
  const { rows, labels, periods } = layout;
  const source: ArraySource = {
    path,
    rows,
    width: placesOf(layout).length,
    labels,
    periods,
    chunks: (chosen) => chunksOf(path, layout, chosen, reading),
  };
  return arrayTable(source, reading);
}
