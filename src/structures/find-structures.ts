import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LatentcvError, readProblem } from '../support/index.js';
import { isStructureName } from './read-structures.js';

/** `Ti2O` before `Ti10O`. */
const natural = new Intl.Collator('en', { numeric: true });

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort(natural.compare);
  } catch (error) {
    throw readProblem(folder, error);
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** The structures that lie in a folder; where there are none, those one folder deeper, as of one calculation each. */
function inFolder(folder: string): string[] {
  const entries = entriesOf(folder).map((entry) => join(folder, entry));
  const own = entries.filter((path) => isStructureName(path) && !isFolder(path));
  if (own.length > 0) return own;
  return entries.filter(isFolder).flatMap(ofCalculation);
}

/** Of a folder of one calculation the structure that it ended with, where there are two of VASP. */
function ofCalculation(folder: string): string[] {
  const found = entriesOf(folder)
    .map((entry) => join(folder, entry))
    .filter((path) => isStructureName(path) && !isFolder(path));
  const last = found.find((path) => /[\\/]CONTCAR$/.test(path) && statSync(path).size > 0);
  return last === undefined
    ? found
    : found.filter((path) => path === last || !/[\\/](POSCAR|CONTCAR)$/.test(path));
}

/** Whether a folder holds structures, or folders that do. */
export const holdsStructures = (folder: string): boolean => isFolder(folder) && inFolder(folder).length > 0;

/**
 * Files and folders as files of structures, those of a folder in natural order of their names.
 * @throws LatentcvError `file-not-found` for a folder without any
 */
export function findStructures(names: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (!isFolder(name)) return [name];
    const found = inFolder(name);
    if (found.length > 0) return found;
    throw new LatentcvError(
      'file-not-found',
      `expected structures in ${name} but found none by their names`,
      'CIF, POSCAR (POSCAR*, CONTCAR*, *.vasp) and XYZ (*.xyz, *.extxyz) are known; name files of other endings with ‘format’',
    );
  });
}
