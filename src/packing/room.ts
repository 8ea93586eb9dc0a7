import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LatentcvError, writeProblem, cacheFolder, fixed } from '../support/index.js';
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
  const free = await freeBytes(folder).catch((error: unknown) => {
    throw notWritten(folder, error);
  });
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
  bytes < 1e9 ? `${fixed(bytes / 1e6, 1)} MB` : `${fixed(bytes / 1e9, 1)} GB`;

const elsewhere = 'TMPDIR names another folder for it';

/** What the system says of a temporary file, with the remedy that all of them have. */
function notWritten(folder: string, error: unknown): unknown {
  const problem = writeProblem(join(folder, 'latentcv-…'), error, 'the temporary file');
  return problem instanceof LatentcvError
    ? new LatentcvError(problem.code, problem.message, elsewhere)
    : problem;
}

/** A temporary file and the room that it may take. */
export interface Room {
  file: HeldFile;
  folder: string;
  /** Whether the file may become as large. */
  fits: (bytes: number) => boolean;
  /** @throws LatentcvError `file-access` where the file has become larger than the room allows. */
  check: () => void;
  /** What the system says of writing to it (the disk is full) as `file-access`; any other error as it is. */
  problem: (error: unknown) => unknown;
}

/**
 * Room for what is made of a file, of which `expected` bytes are foreseen.
 * @throws LatentcvError `file-access` where there is not as much, or the folder cannot be written to.
 */
export async function makeRoom(path: string, expected: number): Promise<Room> {
  const { folder, free } = await folderFor(expected);
  const allowed = share * free;
  const refusal = (needed: string): LatentcvError =>
    new LatentcvError(
      'file-access',
      `expected room for ${path}, which takes ${needed} as a temporary file, but ${folder} has ${inWords(free)}`,
      elsewhere,
    );
  if (expected > allowed) throw refusal(inWords(expected));
  const file = heldIn(folder);
  return {
    file,
    folder,
    fits: (bytes) => bytes <= allowed,
    check: () => {
      if (file.bytes > allowed) throw refusal(`more than the ${inWords(allowed)} that it may`);
    },
    problem: (error) =>
      full.test((error as NodeJS.ErrnoException).code ?? '') ? notWritten(folder, error) : error,
  };
}

const full = /^(ENOSPC|EDQUOT|EFBIG|EROFS|EIO)$/;

function heldIn(folder: string): HeldFile {
  try {
    return new HeldFile(folder);
  } catch (error) {
    throw notWritten(folder, error);
  }
}
