import { extname } from 'node:path';
import { packingOf, withoutPackingEnding } from '../../packing/index.js';
import { LatentcvError, firstBytes, beginsAsHdf5 } from '../../support/index.js';
import { openColvar } from './colvar-table.js';
import type { Table, TableReading } from './table.js';
import { textBlocks } from './text-blocks.js';

/** What a file of frames is: each is read by a file of its own, loaded where it is met. */
type Format = 'colvar' | 'csv' | 'npy' | 'hdf5';

/** Endings that promise a format. */
const promised: Partial<Record<string, Format>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.xvg': 'csv',
  '.npy': 'npy',
  '.h5': 'hdf5',
  '.hdf5': 'hdf5',
  '.hdf': 'hdf5',
};

/** The format that a file's ending promises; undefined where it promises none, as COLVAR. */
export function promisedFormat(path: string): Format | undefined {
  return promised[extname(withoutPackingEnding(path)).toLowerCase()];
}

const npyMagic = Buffer.from('\x93NUMPY', 'latin1');
const zipMagic = Buffer.from('PK\x03\x04', 'latin1');

/** The lines of a file up to the first row or name, without empty ones. */
async function headOf(path: string): Promise<string[]> {
  for await (const { bytes } of textBlocks(path)) {
    const lines = bytes.toString('utf8', 0, 1 << 16).split('\n');
    const filled = lines.map((line) => line.trim()).filter((line) => line !== '');
    return filled.slice(0, filled.findIndex((line) => !line.startsWith('#')) + 1 || undefined);
  }
  return [];
}

const wordsOf = (line: string): number =>
  line
    .replace(/^#+/, '')
    .trim()
    .split(/[\s,;]+/).length;

/**
 * Text with PLUMED's `#!` above its first row is a COLVAR; other text a CSV where its ending says so, where its first
 * line is more than numbers, or where a comment above it names as many columns.
 */
async function textFormat(path: string): Promise<Format> {
  const head = await headOf(path);
  if (head.some((line) => line.startsWith('#!'))) return 'colvar';
  if (promisedFormat(path) === 'csv') return 'csv';
  const [line = '', above] = head.toReversed();
  const numbers = line.replaceAll(/\d[ed][-+]?\d|nan|inf(inity)?/gi, '');
  const named = above !== undefined && wordsOf(above) === wordsOf(line);
  return named || /[\p{L}_,;]/u.test(numbers) ? 'csv' : 'colvar';
}

function notAsPromised(path: string, wanted: string): LatentcvError {
  return new LatentcvError(
    'file-format',
    `expected ${wanted} in ${path}, as its ending says, but its content is another`,
    'was it cut off, or renamed?',
  );
}

async function formatOf(path: string): Promise<Format> {
  const bytes = await firstBytes(path);
  if (bytes.subarray(0, 6).equals(npyMagic)) return 'npy';
  if (beginsAsHdf5(bytes)) return 'hdf5';
  if (bytes.subarray(0, 4).equals(zipMagic))
    throw new LatentcvError(
      'other-kind',
      `${path} is an archive (NPZ, or zip), which is not read`,
      'numpy.save writes one array to a file, and h5py several',
    );
  const promise = promisedFormat(path);
  if (promise === 'npy') throw notAsPromised(path, 'an array of numpy.save');
  if (promise === 'hdf5') throw notAsPromised(path, 'HDF5');
  if (bytes.includes(0) && (await packingOf(path)) === undefined)
    throw new LatentcvError(
      'other-kind',
      `expected a table (COLVAR, CSV, NPY, HDF5) in ${path} but it is a binary file of another kind`,
      extname(path) === '.tpr'
        ? 'a TPR is what GROMACS starts from: give the trajectory of its run (XTC, TRR) with ‘structure’'
        : 'of a trajectory, `latentcv descriptors` writes the descriptors of its frames as a table',
    );
  return textFormat(path);
}

/**
 * Looks through a file of frames: COLVAR, CSV, NPY or HDF5, told by its content and, of text, by its ending.
 * @throws LatentcvError `file-not-found`, `other-kind`, `file-format`, `bad-data`
 */
export async function openTable(path: string, reading: TableReading): Promise<Table> {
  switch (await formatOf(path)) {
    case 'colvar':
      return openColvar(path, reading);
    case 'csv':
      return (await import('./csv-table.js')).openCsv(path, reading);
    case 'npy':
      return (await import('./npy-table.js')).openNpy(path, reading);
    case 'hdf5':
      return (await import('./hdf5-table.js')).openHdf5(path, reading);
  }
}

/** What is to be known of a table before it is decided how it is read. */
export interface TableKind {
  /** Whether it tells the times of its rows. */
  timed: boolean;
  /** Its columns of text. */
  text: readonly string[];
}

/**
 * Whether a table is of rows without times, and which of its columns are text.
 * @throws LatentcvError as `openTable`
 */
export async function tableKind(path: string, reading: TableReading = {}): Promise<TableKind> {
  const format = await formatOf(path);
  const { timed } = await openTable(path, { ...reading, onWarning: () => undefined });
  const text = format === 'csv' ? await (await import('./csv-table.js')).textColumns(path, reading) : [];
  return { timed, text };
}
