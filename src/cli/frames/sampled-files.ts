import { existsSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { selectColumns, tableLabels } from '../../frames/index.js';
import {
  actionsOf,
  notesFile,
  readRunNotes,
  type RunFacts,
  type RunNotes,
  type SampledFile,
} from '../../sampling/index.js';
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
    const { facts, known, input } = given;
    return { ...file, facts: { ...file.facts, ...facts }, known, input };
  });
}

async function filesOf(name: string, columns: readonly string[]): Promise<SampledFile[]> {
  if (!isFolder(name)) return [{ path: name, ...(await factsBeside(name)) }];
  const files: SampledFile[] = [];
  for (const folder of await runFolders(name)) files.push(await fileOfRun(folder, columns));
  return files;
}

/** Names, with the tables that have these columns in place of folders of runs. */
export async function tablesOfFolders(
  names: readonly string[],
  columns: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const name of names)
    found.push(...(isFolder(name) ? (await filesOf(name, columns)).map(({ path }) => path) : [name]));
  return found;
}

/**
 * The folder of a run, the `run` in it that `latentcv run` makes of a folder with its input, or those of its replicas.
 * @throws LatentcvError `file-not-found` where it holds none of these
 */
export async function runFolders(folder: string): Promise<string[]> {
  const inside = join(folder, 'run');
  if (isFolder(inside) && existsSync(join(inside, notesFile))) return runFolders(inside);
  return (await isRun(folder)) ? [folder] : replicasIn(folder);
}

const isRun = async (folder: string): Promise<boolean> =>
  existsSync(join(folder, notesFile)) || (await inputIn(folder)) !== undefined;

async function replicasIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder))
    .filter((name) => /^replica-\d+$/.test(name))
    .sort((a, b) => Number(a.slice(8)) - Number(b.slice(8)));
  const found: string[] = [];
  for (const name of names) if (await isRun(join(folder, name))) found.push(name);
  if (found.length > 0) return found.map((name) => join(folder, name));
  throw new LatentcvError(
    'file-not-found',
    `expected a run in the folder ${folder} but found no ${notesFile}, no PLUMED input (plumed.dat, or one other *.dat that prints a table) and no replica-0`,
    'give its files, such as COLVAR, instead; a window needs the PLUMED input that it was run with beside them',
  );
}

/** Larger files are tables, not inputs. */
const largestInput = 1 << 20;

/** The PLUMED input in a folder: plumed.dat, else the only other *.dat that prints a table. */
async function inputIn(folder: string): Promise<string | undefined> {
  const usual = join(folder, 'plumed.dat');
  if (existsSync(usual)) return usual;
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.dat'));
  const inputs = names.map((name) => join(folder, name)).filter((path) => printsTable(path, folder));
  return inputs.length === 1 ? inputs[0] : undefined;
}

function printsTable(path: string, workingFolder: string): boolean {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? Infinity) > largestInput) return false;
  try {
    return plumedFacts(path, workingFolder).facts.tables.length > 0;
  } catch {
    return false;
  }
}

type Facts = Pick<SampledFile, 'facts' | 'known' | 'input'>;

/** What the run in a folder noted; of older ones, what its PLUMED input tells. */
export async function factsIn(folder: string): Promise<Facts | undefined> {
  const notes = await readRunNotes(folder);
  const input = await inputIn(folder);
  if (notes) return { facts: notes, known: join(folder, notesFile), ...(input !== undefined && { input }) };
  if (input === undefined) return undefined;
  const found = plumedFacts(input, folder);
  const temperature = await windowsTemperature(folder);
  return { ...found, facts: { ...found.facts, ...(temperature !== undefined && { temperature }) } };
}

const windowsFile = z.object({ kind: z.literal('umbrella'), temperature: z.number().positive() });

/** Of umbrella windows, by the windows.json beside their folders. */
async function windowsTemperature(folder: string): Promise<number | undefined> {
  for (const place of [dirname(resolve(folder)), dirname(dirname(resolve(folder)))]) {
    const text = await readFile(join(place, 'windows.json'), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const read = windowsFile.safeParse(parsedOrNothing(text));
    if (read.success) return read.data.temperature;
  }
  return undefined;
}

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
export function plumedFacts(
  path: string,
  workingFolder = dirname(path),
): Required<Facts> & { facts: RunFacts } {
  return { facts: runFacts(parsePlumedFile(path, workingFolder).input), known: path, input: path };
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
  const { facts = {}, known = folder, input } = (await factsIn(folder)) ?? {};
  const { tables, chosen } = await candidates(folder, facts, columns);
  if (chosen.length === 1)
    return { path: chosen[0].file, facts, known, ...(input !== undefined && { input }) };
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
  const labels = new Set(tables.flatMap((table) => table.labels));
  const lacking = columns.find((column) => !labels.has(column));
  // a CV is asked for by its model's name of it
  const meant = lacking && [...labels].find((label) => label.endsWith(`.${lacking}`));
  return new LatentcvError(
    'bad-data',
    `expected one table${what} in the run ${folder} but found ${found.join(', ') || 'none'}`,
    meant ? `did you mean ${meant}?` : tables.length > 1 ? 'name the file instead of the folder' : undefined,
  );
}
