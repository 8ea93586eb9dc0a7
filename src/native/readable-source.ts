import { stat } from 'node:fs/promises';
import {
  expectNoArchive,
  packingOf,
  unpackedFile,
  withoutPackingEnding,
  type HeldFile,
} from '../packing/index.js';
import { LatentcvError, firstBytes, beginsAsHdf5, fixed } from '../support/index.js';
import type { TrajectorySource } from './addon-types.js';
import { foreignFrames, preparedFormat } from './foreign/index.js';
import { ownFormat, ownFormats } from './formats.js';
import { sourceListener } from './source-listener.js';
import { unlessInterrupted } from './unless-interrupted.js';

/** What the readers are given for a source: the file itself, or a temporary one that was made of it. */
export interface ReadableSource {
  source: TrajectorySource;
  /** A reader's words with the user's name of the file. */
  named: (words: string) => string;
}

/** What is wanted of a file: of one of another format, the first frame is enough for a structure. */
type Wanted = 'structure' | 'frames';

const inPlace = (source: TrajectorySource): ReadableSource => ({ source, named: (words) => words });

function made(source: TrajectorySource, file: HeldFile, format: string): ReadableSource {
  const temporary = new RegExp(`${file.path.replaceAll(/[.\\]/g, '\\$&')}(?!\\d)`, 'g');
  return {
    source: { ...source, path: file.path, format },
    named: (words) => words.replaceAll(temporary, () => source.path),
  };
}

/** The format of ours that a packed file's name, without the packing's ending, promises. */
function formatByName(name: string): string | undefined {
  const lowerCase = name.toLowerCase();
  return ownFormats().find(({ endings }) => endings.some((ending) => lowerCase.endsWith(ending)))?.name;
}

/** Names of the formats in HDF5, and the ending that promises one. */
const hdf5Formats = new Set(['h5md', 'hdf5', 'mdtraj']);
const hdf5Ending = '.h5md';

/** Whether a file is one of HDF5, by what the user calls its format, by its ending or by its first bytes. */
function isHdf5(begin: Buffer, name: string, format: string): boolean {
  if (format !== '') return hdf5Formats.has(format.toLowerCase());
  return name.toLowerCase().endsWith(hdf5Ending) || beginsAsHdf5(begin);
}

/** @throws LatentcvError `file-format` for a table of columns, whose rows are no frames of atoms. */
function expectNoTable(begin: Buffer, name: string): void {
  if (!/^#!\s*FIELDS\b|^\x93NUMPY/.test(begin.toString('latin1'))) return;
  throw new LatentcvError(
    'other-kind',
    `expected frames of atoms but ${name} is a table of columns`,
    'train, search, inspect, predict, fes and report take tables',
  );
}

async function unpack(source: TrajectorySource, signal: AbortSignal): Promise<HeldFile | undefined> {
  const { path, salvage } = source;
  const packing = await packingOf(path);
  if (packing === undefined) return undefined;
  const { onNote, onWarning } = sourceListener();
  const { size } = await stat(path);
  if (size > 1e8) onNote(`${path}: being unpacked (${packing}, ${fixed(size / 1e6, 0)} MB)`);
  return unpackedFile(path, packing, { salvage, onWarning, signal });
}

async function make(source: TrajectorySource, wanted: Wanted, signal: AbortSignal): Promise<ReadableSource> {
  const { path, format: given, perNanometre, timestep } = source;
  await expectNoArchive(path);
  const unpacked = await unpack(source, signal);
  if (unpacked?.bytes === 0) throw new LatentcvError('bad-data', `${path} is empty`);
  // of a file that is called packed and is not, too, the name within tells the format
  const inner = withoutPackingEnding(path);
  const byName = inner !== path && given === '' ? formatByName(inner) : undefined;
  const format = byName ?? ownFormat(unpacked?.path ?? path, given);
  if (format !== undefined)
    return unpacked ? made(source, unpacked, format) : inPlace(byName ? { ...source, format } : source);
  const inside = unpacked?.path ?? path;
  const begin = await firstBytes(inside);
  if (given === '') expectNoTable(begin, path);
  const reader = isHdf5(begin, inner, given) ? 'HDF5' : 'chemfiles';
  const foreign = { reader, path: inside, name: path, inner, format: given, perNanometre, timestep } as const;
  const file = await foreignFrames(
    { ...foreign, structure: wanted === 'structure' },
    sourceListener(),
    signal,
  );
  return made(source, file, preparedFormat);
}

/** What was made so far, by what the file was then and how it is to be read. */
const known = new Map<string, Promise<ReadableSource>>();

async function identity(source: TrajectorySource, wanted: Wanted): Promise<string> {
  const there = await stat(source.path, { bigint: true }).catch(() => undefined);
  const file = there && [there.dev, there.ino, there.size, there.mtimeNs].join();
  return JSON.stringify([source, wanted, file ?? 'none']);
}

/**
 * A file that the readers of the addon can read: itself where it is of a format of ours, as it lies there; unpacked, where it
 * is packed (told by its first bytes; its format by its name without the packing's ending); what chemfiles read of it,
 * where its format is none of ours, or the HDF5 library. Temporary files are made once and are gone with the process.
 * @throws LatentcvError `file-not-found`, `file-access`, `file-format`, `bad-data`, `missing-tool`, `interrupted`.
 */
export async function readable(source: TrajectorySource, wanted: Wanted): Promise<ReadableSource> {
  const key = await identity(source, wanted);
  const before = known.get(key);
  if (before) return before;
  const making = unlessInterrupted((signal) => make(source, wanted, signal));
  known.set(key, making);
  making.catch(() => known.delete(key));
  return making;
}
