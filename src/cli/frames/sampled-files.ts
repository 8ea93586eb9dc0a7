import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { selectColumns, tableLabels } from '../../frames/index.js';
import { actionsOf, notesFile, readRunNotes, type RunNotes, type SampledFile } from '../../sampling/index.js';
import {
  inputUnits,
  parsePlumedInput,
  readPlumedText,
  runFacts,
  type PlumedInput,
} from '../../plumed/index.js';
import { LatentcvError } from '../../support/index.js';
import { expandNames } from './expand-files.js';

export const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * Files, patterns and folders of runs, as files with what is known of how their frames were made: from the PLUMED input
 * where it is given, else from the notes of the run that they lie in.
 * @param columns labels or patterns that are wanted of them, by which one of a run's tables is chosen
 */
export async function sampledFiles(
  names: readonly string[],
  columns: readonly string[] = [],
  plumed?: string,
): Promise<SampledFile[]> {
  const given = plumed === undefined ? undefined : plumedFacts(plumed);
  const found: SampledFile[] = [];
  // one after the other, so that of several faults the first is told
  for (const name of await expandNames(names)) found.push(...(await filesOf(name, columns)));
  return found.map((file) => {
    if (!given) return file;
    return { ...file, facts: { ...file.facts, ...given.facts }, known: given.known };
  });
}

async function filesOf(name: string, columns: readonly string[]): Promise<SampledFile[]> {
  if (!isFolder(name)) return [{ path: name, ...(await factsBeside(name)) }];
  const files: SampledFile[] = [];
  for (const folder of await runFolders(name)) files.push(await fileOfRun(folder, columns));
  return files;
}

/**
 * The folder of a run, or those of its replicas.
 * @throws LatentcvError `file-not-found` where it holds neither
 */
export async function runFolders(folder: string): Promise<string[]> {
  return isRun(folder) ? [folder] : replicasIn(folder);
}

const isRun = (folder: string): boolean =>
  [notesFile, 'plumed.dat'].some((file) => existsSync(join(folder, file)));

async function replicasIn(folder: string): Promise<string[]> {
  const found = (await readdir(folder))
    .filter((name) => /^replica-\d+$/.test(name) && isRun(join(folder, name)))
    .sort((a, b) => Number(a.slice(8)) - Number(b.slice(8)));
  if (found.length > 0) return found.map((name) => join(folder, name));
  throw new LatentcvError(
    'file-not-found',
    `expected a run in the folder ${folder} but found no ${notesFile}, no plumed.dat and no replica-0`,
    'give its files, such as COLVAR, instead',
  );
}

type Facts = Pick<SampledFile, 'facts' | 'known'>;

/** What the run in a folder noted; of older ones, what its PLUMED input tells. */
export async function factsIn(folder: string): Promise<Facts | undefined> {
  const notes = await readRunNotes(folder);
  if (notes) return { facts: notes, known: join(folder, notesFile) };
  const input = join(folder, 'plumed.dat');
  return existsSync(input) ? plumedFacts(input, folder) : undefined;
}

/** What is known of how the frames in a run's folder are made. */
export async function factsOfRun(folder: string): Promise<RunNotes | undefined> {
  return (await factsIn(folder))?.facts;
}

/** Facts of a file that lies in its run's folder, or beside the PLUMED input that printed it. */
async function factsBeside(path: string): Promise<Facts> {
  const folder = dirname(path);
  const found = await factsIn(folder);
  const own = found?.facts?.tables?.some(({ file }) => basename(file) === basename(path));
  return found && own ? found : {};
}

/** What a PLUMED input tells of the run with it. */
export function plumedFacts(path: string, workingFolder = dirname(path)): Required<Facts> {
  return { facts: runFacts(parsePlumedFile(path, workingFolder).input), known: path };
}

/** A PLUMED input, and whether it works in natural units. */
export function parsePlumedFile(
  path: string,
  workingFolder = dirname(path),
): { input: PlumedInput; natural: boolean } {
  const input = parsePlumedInput(readPlumedText(path), path, { workingFolder });
  return { input, natural: inputUnits(input).natural };
}

interface Candidate {
  file: string;
  labels: readonly string[];
}

/** The one of a run's tables that has the wanted columns; of several, one with the bias. */
async function fileOfRun(folder: string, columns: readonly string[]): Promise<SampledFile> {
  const { facts = {}, known = folder } = (await factsIn(folder)) ?? {};
  const { tables, chosen } = await candidates(folder, facts, columns);
  if (chosen.length === 1) return { path: chosen[0].file, facts, known };
  throw noSingle(folder, columns, chosen.length > 1 ? chosen : tables);
}

/** The table of a run whose frames are those of its trajectory: undefined where no column of one is needed. */
export async function tableOfRun(
  folder: string,
  { facts = {} }: Partial<Facts>,
  columns: readonly string[],
): Promise<string | undefined> {
  const { tables, chosen } = await candidates(folder, facts, columns);
  if (chosen.length === 1) return chosen[0].file;
  if (columns.length === 0 && !chosen.some(({ labels }) => hasBias(labels, facts))) return undefined;
  throw noSingle(folder, columns, chosen.length > 1 ? chosen : tables);
}

async function candidates(
  folder: string,
  facts: Partial<RunNotes>,
  columns: readonly string[],
): Promise<{ tables: Candidate[]; chosen: Candidate[] }> {
  const names = [...new Set(facts.tables?.map(({ file }) => file) ?? [])];
  const files = names.map((file) => resolve(folder, file)).filter((file) => existsSync(file));
  const tables: Candidate[] = [];
  for (const file of files) tables.push({ file: shortPath(folder, file), labels: await tableLabels(file) });
  const fitting = tables.filter(({ labels }) => hasAll(labels, columns));
  const biased = fitting.filter(({ labels }) => hasBias(labels, facts));
  return { tables, chosen: biased.length > 0 ? biased : fitting };
}

const shortPath = (folder: string, file: string): string => {
  const inside = relative(resolve(folder), file);
  return inside.startsWith(`..${sep}`) ? file : join(folder, inside);
};

function hasAll(labels: readonly string[], columns: readonly string[]): boolean {
  try {
    selectColumns(labels, '', columns);
    return true;
  } catch {
    return false;
  }
}

function hasBias(labels: readonly string[], { biases = [] }: Partial<RunNotes>): boolean {
  return [...actionsOf({ biases }).keys()].some((label) =>
    labels.some((column) => column === `${label}.bias` || column === `${label}.rbias`),
  );
}

function noSingle(folder: string, columns: readonly string[], tables: readonly Candidate[]): LatentcvError {
  const what = columns.length > 0 ? ` with ${columns.join(', ')}` : '';
  const found = tables.map(
    ({ file, labels }) => `${file} (${labels.slice(0, 8).join(' ')}${labels.length > 8 ? ' …' : ''})`,
  );
  return new LatentcvError(
    'bad-data',
    `expected one table${what} in the run ${folder} but found ${found.join(', ') || 'none'}`,
    tables.length > 1 ? 'name the file instead of the folder' : undefined,
  );
}
