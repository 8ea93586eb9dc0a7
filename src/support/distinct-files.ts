import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { LatentcvError } from './errors.js';

/** What one file has, by whatever name, link or spelling it is given; a file that is not there is left to its reader. */
async function identity(path: string): Promise<string> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return ino === 0n ? await realpath(path) : `${dev}:${ino}`;
  } catch {
    return path;
  }
}

/**
 * @throws LatentcvError `bad-argument` where two names are of one file, whose frames would then count twice
 */
export async function expectDistinctFiles(paths: readonly string[]): Promise<void> {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const own = await identity(path);
    const before = seen.get(own);
    if (before !== undefined) throw twice(before, path);
    seen.set(own, path);
  }
}

/**
 * Of files, those that are another one before them, by another name or as a copy with the same bytes: each with that one.
 * Bytes are looked at where sizes are the same.
 */
export async function copiesAmong(paths: readonly string[]): Promise<Map<string, string>> {
  const copies = new Map<string, string>();
  const seen = new Map<string, string>();
  const sizes = new Map<number, string[]>();
  for (const path of paths) {
    const own = await identity(path);
    const same = seen.get(own) ?? (await sameBytes(path, sizes));
    if (same === undefined) seen.set(own, path);
    else copies.set(path, same);
  }
  return copies;
}

/** The first of those of its size that has the same bytes; it is one of them from now on. */
async function sameBytes(path: string, sizes: Map<number, string[]>): Promise<string | undefined> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (size === 0) return undefined;
  const others = sizes.get(size) ?? [];
  sizes.set(size, [...others, path]);
  for (const other of others) if ((await digestOf(other)) === (await digestOf(path))) return other;
  return undefined;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

function twice(first: string, second: string): LatentcvError {
  const names = first === second ? `${first} twice` : `${first} and ${second}, which are one file`;
  return new LatentcvError(
    'bad-argument',
    `expected files of their own but received ${names}`,
    'its frames would count twice: give it once',
  );
}
