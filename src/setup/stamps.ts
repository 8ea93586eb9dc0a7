import { createHash, type Hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, packageRoot } from '../support/index.js';

// A stamp says what a step was made from. It is written after the step succeeded, so that a half-made thing never counts as
// made, and compared before the step, so that nothing is made twice.

const stampFile = (key: string): string => join(cacheFolder(), 'stamps', key);

/** Hash of files and folders of the package and of plain text. */
export function hashOf(paths: readonly string[], ...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text}\0`);
  for (const path of paths) addToHash(hash, path);
  return hash.digest('hex');
}

function addToHash(hash: Hash, path: string): void {
  const full = join(packageRoot(), path);
  if (!existsSync(full)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addToHash(hash, join(path, name));
  } else {
    hash.update(`${path}\0`).update(readFileSync(full));
  }
}

export function hasStamp(key: string, inputs: string): boolean {
  return existsSync(stampFile(key)) && readFileSync(stampFile(key), 'utf8') === inputs;
}

export function writeStamp(key: string, inputs: string): void {
  mkdirSync(join(cacheFolder(), 'stamps'), { recursive: true });
  writeFileSync(stampFile(key), inputs);
}

export function removeStamp(key: string): void {
  rmSync(stampFile(key), { force: true });
}
