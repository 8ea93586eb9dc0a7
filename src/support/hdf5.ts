import type { Dataset, Entity, File, Group } from 'h5wasm/node';
import { LatentcvError } from './errors.js';
import { systemErrorOf, writeProblem } from './file-problem.js';

export type { Dataset as H5Dataset, Entity as H5Entity, File as H5File, Group as H5Group };

/** The HDF5 library, compiled to WebAssembly; loaded where an HDF5 file is met, which takes half a second. */
export async function loadHdf5(): Promise<typeof import('h5wasm/node')> {
  const hdf5 = await import('h5wasm/node');
  const module = await hdf5.ready;
  // without it, what goes wrong is printed and reading goes on
  module.activate_throwing_error_handler();
  return hdf5;
}

/** What the library says of a failure, in its own last word: `File has been truncated`. */
export function hdf5Problem(path: string, error: unknown): unknown {
  if (error instanceof LatentcvError) return error;
  return new LatentcvError('file-format', `cannot read ${path} as HDF5: ${lastReason(error)}`);
}

/** The same of writing, where the system says more: `error message = 'No space left on device'`. */
export function hdf5WriteProblem(path: string, error: unknown): unknown {
  if (error instanceof LatentcvError) return error;
  const [, words] = /error message = '(.+?)'/.exec(String(error)) ?? [];
  const ofSystem = words === undefined ? undefined : systemErrorOf(words);
  if (ofSystem) return writeProblem(path, ofSystem);
  return new LatentcvError('file-access', `cannot write ${path} as HDF5: ${lastReason(error)}`);
}

/** The library's last word on a failure. */
export function lastReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const reasons = [...text.matchAll(/minor: (.+)/g)].map(([, reason]) => reason);
  return (reasons.at(-1) ?? text.split('\n')[0]).toLowerCase();
}

const magic = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/** Whether a file with these first bytes is HDF5, which may have a block of the user's before it, of 512 bytes or twice that, …. */
export const beginsAsHdf5 = (bytes: Buffer): boolean =>
  [0, 512, 1024, 2048].some((at) => bytes.subarray(at, at + 8).equals(magic));

export const isGroup = (entity: Entity | null): entity is Group => entity?.constructor.name === 'Group';
export const isDataset = (entity: Entity | null): entity is Dataset => entity?.constructor.name === 'Dataset';

/** Whether an array is of whole or real numbers of up to 64 bits, or truth values. */
export function isNumeric({ metadata: { type, size } }: Dataset): boolean {
  return (type === 0 || type === 1 || type === 8) && size <= 8 && !(type === 1 && size < 4);
}

/** Ids of filters that come with the HDF5 library. */
const known = new Set([1, 2, 3, 4, 5, 6]);

/**
 * @throws LatentcvError `file-format` for an array that is compressed by what the library has not (lzf, Blosc)
 */
export function expectUnpacked({ path, filters }: Dataset): void {
  const other = filters.find(({ id }) => !known.has(id));
  if (!other) return;
  throw new LatentcvError(
    'file-format',
    `${path} is compressed by ${other.name || `filter ${other.id}`}, which is no part of the HDF5 library`,
    'h5repack -f SHUF -f GZIP=4 IN.h5 OUT.h5 makes a file that is read',
  );
}

/** Numbers of whatever kind, as the library gives them. */
export function asNumbers(values: unknown): Float64Array | Float32Array | Int32Array {
  if (values instanceof Float64Array || values instanceof Float32Array || values instanceof Int32Array)
    return values;
  const all =
    typeof values === 'object' && values !== null ? (values as ArrayLike<number | bigint>) : [values];
  return Float64Array.from(all as ArrayLike<number | bigint>, Number);
}

/** Which trajectory a file is: one in H5MD has a group `h5md`, one of MDTraj calls its conventions Pande; undefined where it is none. */
export function hdf5TrajectoryIn(file: Group): 'H5MD' | 'MDTraj' | undefined {
  if (file.keys().includes('h5md') && isGroup(file.get('h5md'))) return 'H5MD';
  const conventions = file.attrs.conventions?.value;
  const texts = Array.isArray(conventions) ? conventions : [conventions];
  return texts.some((text) => typeof text === 'string' && /\bPande\b/.test(text)) ? 'MDTraj' : undefined;
}
