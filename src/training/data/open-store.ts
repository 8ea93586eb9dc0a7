import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readTableBatches, type TableOptions } from '../../frames/index.js';
import { readProblem, cacheFolder, packageVersion, expectList, expectPaths } from '../../support/index.js';
import type { FrameSource, FrameStore } from './frame-store.js';
import { expectOwnFolder, putStore, storeIn } from './store-folder.js';

const format = 3;

/**
 * The store of tables; see `openStore`.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function openFrames(files: readonly string[], reading: TableOptions = {}): Promise<FrameStore> {
  expectPaths(files, 'files');
  expectList(files, 'files');
  const { columns, begin, end, stride, timeUnit, nonFinite, onWarning, signal } = reading;
  const { names, timestep, dataset, periodic, factors, absent, added, parts } = reading;
  const notes = files.map((file) => `${file}.columns`).filter((file) => existsSync(file));
  return openStore({
    files: [...files, ...notes],
    reading: [
      ...[columns?.map(String), begin, end, stride, timeUnit, nonFinite, names, timestep, dataset],
      periodic?.map((each) => [each.columns.map(String), each.period]),
      ...[factors, absent, parts],
      ...(added ? [added.key] : []),
    ],
    batches: (warn) => readTableBatches(files, { ...reading, onWarning: warn }),
    onWarning,
    signal,
  });
}

/**
 * The store of frames of files, beside the first of them (in the cache folder where that cannot be written to); made,
 * in flat memory, where there is none, where files or options are others than it was made from, and where it is not
 * whole, which is told: its bytes are read and compared with what was written. `closeStore` gives its files back.
 */
export async function openStore(from: FrameSource): Promise<FrameStore> {
  const source = await sourceFingerprint(from);
  const folder = await storeFolder(from.files[0], source);
  const { store: known, damage } = await storeIn(folder, source, from.signal);
  if (known) {
    for (const warning of known.warnings) from.onWarning?.(warning);
    return known;
  }
  await expectOwnFolder(folder);
  if (damage !== undefined)
    from.onWarning?.(`the frames kept in ${folder} are damaged and are read anew: ${damage}`);
  await mkdir(dirname(folder), { recursive: true });
  return putStore(from, folder, source);
}

async function storeFolder(first: string, source: string): Promise<string> {
  const beside = `${resolve(first)}.frames`;
  const writable = await access(dirname(beside), constants.W_OK).then(
    () => true,
    () => false,
  );
  return writable ? beside : join(cacheFolder(), 'frames', `${basename(first)}-${source.slice(0, 16)}`);
}

/** Path, size, time of change and both ends of each file, what of it is read, and by which version. */
async function sourceFingerprint({ files, reading }: FrameSource): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([format, packageVersion(), reading, files.length]));
  for (const file of files) {
    const { size, mtimeMs } = await stat(file).catch((error: unknown) => {
      throw readProblem(file, error);
    });
    hash.update(JSON.stringify([resolve(file), size, mtimeMs]));
    hash.update(endsOf(file, size));
  }
  return hash.digest('hex');
}

function endsOf(file: string, size: number): Uint8Array {
  const length = Math.min(size, 65536);
  const bytes = new Uint8Array(2 * length);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, bytes, 0, length, 0);
    readSync(handle, bytes, length, length, size - length);
  } finally {
    closeSync(handle);
  }
  return bytes;
}
