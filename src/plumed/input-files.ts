import { expectText } from '../support/index.js';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { isThere, readPlumedText } from './input-text.js';
import { parsePlumedInput, type PlumedInput } from './parse-input.js';
import { restarted, restartFile } from './restarts/index.js';
import type { Statement } from './statement.js';

/** Keywords that name a file which PLUMED reads, whatever the action; a path of several has numbers behind. */
const readByAny = /^(STRUCTURE|REFERENCE\d*|TEMPLATE|NDX_FILE|GRID_RFILE|IN_RESTART|COEFFS|GMM_FILE)$/;

/** Actions whose `FILE` is read; most others write theirs. */
const readFile = new Set([
  'LOAD',
  'INCLUDE',
  'ONNX_MODEL',
  'PYTORCH_MODEL',
  'EXTERNAL',
  'READ',
  'ECV_UMBRELLAS_FILE',
]);

/** A file that a statement reads, as it names it. */
export interface NamedFile {
  statement: Statement;
  keyword: string;
  /** Relative to where PLUMED runs. */
  name: string;
}

/** Files that the statements read and name relatively, in order. */
export function namedFiles(statements: readonly Statement[]): NamedFile[] {
  return statements.flatMap((statement) =>
    [...statement.keywords]
      .filter(([key]) => readByAny.test(key) || (key === 'FILE' && readFile.has(statement.action)))
      .filter(([, name]) => name !== '' && !isAbsolute(name))
      .map(([keyword, name]) => ({ statement, keyword, name })),
  );
}

/**
 * Where the file that a statement names lies: in one of the folders, or, of INCLUDE, beside the file that names it, as
 * PLUMED looks for it; undefined where it is in none.
 */
export function foundFile({ statement, name }: NamedFile, folders: readonly string[]): string | undefined {
  const own = statement.path === undefined ? [] : [dirname(statement.path)];
  const places = statement.action === 'INCLUDE' ? [...folders, ...own] : folders;
  return places.map((folder) => join(folder, name)).find(isThere);
}

/**
 * Names of the files that PLUMED does not find where it runs, though they lie beside the input: what an input that is
 * written elsewhere loses.
 */
export function leftBehind(input: PlumedInput, inputFolder: string, workingFolder: string): string[] {
  const goneOnFrom = restarted(input.all).flatMap((statement): NamedFile[] => {
    const name = restartFile(statement);
    return name === undefined || isAbsolute(name) ? [] : [{ statement, keyword: 'FILE', name }];
  });
  const lost = [...namedFiles(input.all), ...goneOnFrom].filter((file) => {
    const own = { ...file.statement, path: undefined };
    const moved = file.statement.path === input.path ? { ...file, statement: own } : file;
    return foundFile(moved, [workingFolder]) === undefined && foundFile(file, [inputFolder]) !== undefined;
  });
  return [...new Set(lost.map(({ name }) => name))];
}

/**
 * An input and every file that it reads, by the paths they have; what is wrong with it others tell.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function filesOfInput(path: string): string[] {
  expectText(path, 'path');
  let input: PlumedInput;
  try {
    input = parsePlumedInput(readPlumedText(path), path, { workingFolder: dirname(resolve(path)) });
  } catch {
    return [path];
  }
  return [path, ...filesReadBy(input, [dirname(resolve(path)), '.'])];
}

/** Paths of the files that an input reads, as far as they are there. */
function filesReadBy({ all }: PlumedInput, folders: readonly string[]): string[] {
  const relative = namedFiles(all).flatMap((file) => foundFile(file, folders) ?? []);
  const absolute = all.flatMap(({ keywords }) => [...keywords.values()].filter((value) => isAbsolute(value)));
  return [...new Set([...relative, ...absolute.filter(isThere)])];
}
