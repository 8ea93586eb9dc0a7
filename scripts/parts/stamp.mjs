// A stamp says what a step was made from. It is written after the step succeeded, so that a half-made thing
// never counts as made, and compared before the step, so that nothing is made twice.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './paths.mjs';

const stampFile = (name) => join(cache, 'stamps', name);

/** Hash of files and folders (relative to the checkout) and of plain text. */
export function hashOf(paths, ...texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text}\0`);
  for (const path of paths) addToHash(hash, path);
  return hash.digest('hex');
}

function addToHash(hash, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addToHash(hash, join(path, name));
  } else {
    hash.update(`${path}\0`).update(readFileSync(full));
  }
}

export function hasStamp(name, inputs) {
  return existsSync(stampFile(name)) && readFileSync(stampFile(name), 'utf8') === inputs;
}

export function writeStamp(name, inputs) {
  mkdirSync(join(cache, 'stamps'), { recursive: true });
  writeFileSync(stampFile(name), inputs);
}

export function removeStamp(name) {
  rmSync(stampFile(name), { force: true });
}
