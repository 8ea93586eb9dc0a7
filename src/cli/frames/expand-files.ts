import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { LatentcvError } from '../../support/index.js';

/** `run2/COLVAR` before `run10/COLVAR`. */
const natural = new Intl.Collator('en', { numeric: true });

/**
 * Names of files, and patterns such as `run?/traj.xtc`, as files: those of a pattern in natural order, each once. A
 * name that is there is taken as it is, brackets and all.
 * @throws LatentcvError `file-not-found` where nothing fits a pattern
 */
export async function expandFiles(names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(names.map((name) => expand(name)));
  return found.flat();
}

/**
 * Names and patterns as files, or folders of runs where no file fits; what is kept of runs and windows as JSON is passed over.
 * @throws LatentcvError `file-not-found` where nothing does
 */
export async function expandNames(names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(names.map((name) => expand(name, true)));
  return found.flat();
}

/**
 * Names and patterns as folders: what is a file among what fits is passed over.
 * @throws LatentcvError `file-not-found` where no folder fits a pattern
 */
export async function expandFolders(names: readonly string[]): Promise<string[]> {
  const { glob, isDynamicPattern } = await import('tinyglobby');
  const found = await Promise.all(
    names.map(async (name) => {
      if (existsSync(name) || !isDynamicPattern(name)) return [name];
      const folders = await glob(name, {
        ...{ expandDirectories: false, absolute: isAbsolute(name), onlyDirectories: true },
      });
      if (folders.length > 0) return folders.map((folder) => folder.replace(/\/$/, '')).sort(natural.compare);
      throw new LatentcvError('file-not-found', `expected folders that fit ${name} but found none`);
    }),
  );
  return found.flat();
}

async function expand(name: string, folders = false): Promise<string[]> {
  if (existsSync(name) || !/[*?[{(!]/.test(name)) return [name];
  const { glob, isDynamicPattern } = await import('tinyglobby');
  if (!isDynamicPattern(name)) return [name];
  const options = { expandDirectories: false, absolute: isAbsolute(name) };
  let files = await glob(name, options);
  if (folders) files = files.filter((file) => !file.endsWith('.json'));
  if (files.length === 0 && folders) files = await glob(name, { ...options, onlyDirectories: true });
  if (files.length === 0)
    throw new LatentcvError('file-not-found', `expected files that fit ${name} but found none`);
  return files.map((file) => file.replace(/\/$/, '')).sort(natural.compare);
}
