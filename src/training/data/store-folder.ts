import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, read } from 'node:fs';
import { mkdir, readdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  LatentcvError,
  isSystemError,
  writeProblem,
  writeWhole,
  expectNoStop,
  partName,
  sweepParts,
  forget,
  remember,
} from '../../support/index.js';
import type { FrameSource, FrameStore } from './frame-store.js';
import { writeFrames } from './store-writer.js';

const names = { about: 'frames.json', values: 'values.f32', times: 'times.f64' };

/** A store that is whole, or what is the matter with one that is not; neither where there is none of this source. */
interface Found {
  store?: FrameStore;
  damage?: string;
}

/** What a folder holds of a source, all of its bytes read and compared with what was written. */
export async function storeIn(folder: string, source: string, signal?: AbortSignal): Promise<Found> {
  const text = await readFile(join(folder, names.about), 'utf8').catch(() => undefined);
  if (text === undefined)
    return existsSync(join(folder, names.values)) ? { damage: `${names.about} is missing` } : {};
  const about = described(text);
  if (!about) return { damage: `${names.about} cannot be read` };
  if (about.source !== source) return {};
  const { frames, columns } = about;
  const open: number[] = [];
  let whole = false;
  const files: StoredFile[] = [
    { name: names.values, size: 4 * frames * columns.length, digest: about.values },
    { name: names.times, size: 8 * frames, digest: about.times },
  ];
  try {
    let damage: string | undefined;
    for (const file of files) damage ??= await damageOf(folder, file, open, signal);
    if (damage !== undefined) return { damage };
    whole = true;
    const [values, times] = open;
    return { store: { ...about, folder, open: { values, times } } };
  } finally {
    if (!whole) open.forEach((handle) => closeSync(handle));
  }
}

/** The store that a text describes, where the text is as it was written; one of another version as one of no source. */
function described(text: string): FrameStore | undefined {
  try {
    const about = JSON.parse(text) as { digest?: string; store?: FrameStore } | null;
    if (about?.store && about.digest === sha256(JSON.stringify(about.store))) return about.store;
    return about && !about.store && 'source' in about ? ({ source: '' } as FrameStore) : undefined;
  } catch {
    return undefined;
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A file of a store as it was written: its bytes and their digest. */
interface StoredFile {
  name: string;
  size: number;
  digest: string;
}

/** What is the matter with a file of a store; it stays open, one more of `open`. */
async function damageOf(
  folder: string,
  { name, size, digest }: StoredFile,
  open: number[],
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const handle = openSync(join(folder, name), 'r');
    open.push(handle);
    const found = fstatSync(handle).size;
    if (found !== size) return `${name} has ${found} bytes, not ${size}`;
    return (await digestOf(handle, signal)) === digest ? undefined : `${name} is not as it was written`;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' ? `${name} is missing` : `${name} cannot be read (${error.code})`;
  }
}

const readAsync = promisify(read);

async function digestOf(handle: number, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  const chunk = new Uint8Array(1 << 20);
  for (let at = 0; ;) {
    expectNoStop(signal, 'the reading of frames');
    const { bytesRead } = await readAsync(handle, chunk, 0, chunk.length, at);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(chunk.subarray(0, bytesRead));
    at += bytesRead;
  }
}

/** Refuses to put a store in the place of a file, or of a folder that holds something else. */
export async function expectOwnFolder(folder: string): Promise<void> {
  const own = new Set(Object.values(names));
  // file servers keep what is deleted and still open as .nfs…
  const other = (await namesIn(folder)).find((name) => !own.has(name) && !name.startsWith('.nfs'));
  if (other !== undefined) throw foreign(folder, `it holds ${other}`);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') throw foreign(folder, 'it is a file');
    throw writeProblem(folder, error, 'frames into');
  }
}

function foreign(folder: string, received: string): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected the folder ${folder} for the frames alone but ${received}`,
    'rename it, or train without ‘stream’',
  );
}

/**
 * Stores the frames of a source beside the folder, under a name of their own, and renames. Where another training has put
 * the same there meanwhile, that is taken.
 */
export async function putStore(from: FrameSource, asked: string, source: string): Promise<FrameStore> {
  // where the name is a link, the folder behind it is replaced
  const folder = await realpath(asked).catch(() => asked);
  sweepParts(folder);
  const part = partName(folder);
  remember(part);
  try {
    await mkdir(part);
    const store: FrameStore = { folder, source, ...(await writeFrames(from, part)) };
    const about = { digest: sha256(JSON.stringify(store)), store };
    await writeWhole(join(part, names.about), JSON.stringify(about));
    const [values, times] = [names.values, names.times].map((name) => openSync(join(part, name), 'r'));
    const open = { values, times };
    try {
      await takePlace(part, folder);
    } catch (error) {
      Object.values(open).forEach(closeSync);
      throw error;
    }
    return { ...store, open };
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw writeProblem(folder, error, 'frames into');
  } finally {
    forget(part);
  }
}

/** Two at once are put there one after the other: whichever is the last stays. */
async function takePlace(part: string, folder: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const old = partName(folder);
    await rename(folder, old).catch(() => undefined);
    try {
      await rename(part, folder);
      return;
    } catch (error) {
      if (tries > 20 || !isSystemError(error) || !/NOTEMPTY|EXIST/.test(error.code)) throw error;
    } finally {
      await rm(old, { recursive: true, force: true });
    }
  }
}
