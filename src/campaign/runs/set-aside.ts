import { mkdir, readdir, rename, truncate } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { keptFolder } from '../../programs/index.js';
import { writeProblem } from '../../support/index.js';

/** What a run wrote, as its parts name it. */
export interface Leftovers {
  /** Names in the run's folder that are the engine's. */
  ownFiles: RegExp;
  /** Paths of what PLUMED wrote. */
  files: readonly string[];
  /** Bytes at the beginning of such a file that are another run's, from which this one went on: they stay. */
  inherited: Readonly<Record<string, number>>;
}

/**
 * Moves what a run left in its folder into a new folder in it, `aside-0`, so that the run can start anew with nothing of it
 * mixed in. Returns that folder, undefined where there was nothing. Files elsewhere are left to PLUMED, which renames them.
 */
export async function setAside(
  folder: string,
  { ownFiles, files, inherited }: Leftovers,
): Promise<string | undefined> {
  const inside = files.filter((path) => !relative(folder, resolve(path)).startsWith('..'));
  const found = await Promise.all(inside.map((path) => withBackups(path)));
  const own = (await namesIn(folder)).filter((name) => ownFiles.test(name) || name === keptFolder);
  const all = [...new Set([...found.flat(), ...own.map((name) => join(folder, name))])];
  const moved = all.filter((path) => inherited[path] === undefined);
  for (const path of all) if (inherited[path] !== undefined) await truncate(path, inherited[path]);
  if (moved.length === 0) return undefined;
  const aside = await newFolder(folder);
  for (const path of moved) {
    const to = join(aside, relative(folder, path));
    try {
      await mkdir(dirname(to), { recursive: true });
      await rename(path, to);
    } catch (error) {
      throw writeProblem(to, error);
    }
  }
  return aside;
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => []);
}

/** A file as far as it is there, with the backups that PLUMED made of it. */
async function withBackups(path: string): Promise<string[]> {
  const names = await namesIn(dirname(path));
  const own = basename(path);
  const backup = /^bck\.(\d+|last)\./;
  return names
    .filter((name) => name === own || (backup.test(name) && name.replace(backup, '') === own))
    .map((name) => join(dirname(path), name));
}

async function newFolder(folder: string): Promise<string> {
  for (let n = 0; ; n++) {
    const path = join(folder, `aside-${n}`);
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeProblem(path, error);
    }
  }
}
