import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { LatentcvError } from '../support/errors.js';
import { cacheFolder } from '../support/folders.js';
import { HeldFile } from './held-file.js';

/** Of what is free, what one temporary file may take. */
const share = 0.8;

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** The folder for temporary files, or that of the cache where it has more room and the other has not enough. */
async function folderFor(bytes: number): Promise<{ folder: string; free: number }> {
  const folder = tmpdir();
  const free = await freeBytes(folder);
  if (share * free >= bytes) return { folder, free };
  const cache = cacheFolder();
  try {
    mkdirSync(cache, { recursive: true });
    const freeThere = await freeBytes(cache);
    if (freeThere > free) return { folder: cache, free: freeThere };
  } catch {
    // a cache that cannot be made is no place
  }
  return { folder, free };
}

const inWords = (bytes: number): string =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

/** A temporary file and the room that it may take. */
export interface Room {
  file: HeldFile;
  folder: string;
  /** Whether the file may become as large. */
  fits: (bytes: number) => boolean;
  /** Throws LatentcvError `bad-data` where the file has become larger than the room allows. */
  check: () => void;
  /** The same where the system says that the disk is full; any other error as it is. */
  problem: (error: unknown) => unknown;
}

/**
 * Room for what is made of a file, of which `expected` bytes are foreseen.
 * Throws LatentcvError `bad-data` where there is not as much.
 */
export async function makeRoom(path: string, expected: number): Promise<Room> {
  const { folder, free } = await folderFor(expected);
  const most = share * free;
  const refusal = (needed: string): LatentcvError =>
    new LatentcvError(
      'bad-data',
      `expected room for ${path}, which takes ${needed} as a temporary file, but ${folder} has ${inWords(free)}`,
      'TMPDIR names another folder for it',
    );
  if (expected > most) throw refusal(inWords(expected));
  const file = new HeldFile(folder);
  return {
    file,
    folder,
    fits: (bytes) => bytes <= most,
    check: () => {
      if (file.bytes > most) throw refusal(`more than ${inWords(most)}`);
    },
    problem: (error) =>
      /^(ENOSPC|EDQUOT|EFBIG)$/.test((error as NodeJS.ErrnoException).code ?? '')
        ? refusal(`more than ${inWords(file.bytes)}`)
        : error,
  };
}
