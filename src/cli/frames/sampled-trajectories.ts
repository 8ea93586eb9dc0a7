import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { runOfPart } from '../../frames/index.js';
import { notesFile, readRunTimestep, type SampledFile } from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';
import { areTrajectories, isTrajectory, type TrajectoryOptions } from '../options/trajectories/index.js';
import { expandFiles } from './expand-files.js';
import { factsIn, isFolder, plumedFacts, runFolders, tableOfRun } from './sampled-files.js';

/** Trajectories that options name, with what was written beside them. */
export interface SampledTrajectories {
  /** Each file, with what is known of how its frames were made. */
  files: SampledFile[];
  /** By file, the table of its run, where there is one. */
  tables: Record<string, string[]>;
  /** A structure in the folder of a run. */
  structure?: string;
  /** ps per step, as runs noted it. */
  timestep?: number;
}

/** Options that decide what names are of. */
export interface NamedFrames extends TrajectoryOptions {
  /** Options of tables, which say that tables are meant. */
  columns?: readonly string[];
  names?: readonly string[];
  dataset?: string;
  periodic?: readonly unknown[];
  weightsFrom?: readonly string[];
  plumed?: string;
  /** Of what evaluates a model: whether it holds descriptors, which a folder's trajectory is read by. */
  byModel?: boolean;
  parts?: boolean;
}

/**
 * Trajectories and folders of runs, with the tables that were written beside them; undefined where tables are named. A folder is one of
 * trajectories where options of trajectories are given, or where it holds one with its structure.
 * @param wanted columns by which one of a run's tables is chosen
 * @throws LatentcvError `bad-argument` for tables and trajectories together
 */
export async function sampledTrajectories(
  names: readonly string[],
  options: NamedFrames,
  wanted: readonly string[] = [],
): Promise<SampledTrajectories | undefined> {
  const runs: Run[] = [];
  for (const name of names) {
    if (!isFolder(name)) runs.push({ files: [name] });
    else for (const folder of await runFolders(name)) runs.push(await runIn(folder));
  }
  if (!(await areRunsOfTrajectories(runs, options))) {
    if (options.weightsFrom) throw tablesWeigh(names);
    return undefined;
  }
  const named = await tablesNamed(runs, options);
  const given = options.plumed === undefined ? undefined : plumedFacts(options.plumed);
  const found: SampledTrajectories = { files: [], tables: {} };
  for (const run of runs) {
    const { facts, known, input, table } = await madeBy(run, named, wanted);
    for (const path of run.files) {
      const own = given
        ? { facts: { ...facts, ...given.facts }, known: given.known }
        : { facts, known, ...(input !== undefined && { input }) };
      found.files.push({ path, ...own });
      if (table !== undefined) found.tables[path] = [table];
    }
    found.structure ??= run.structure;
  }
  const timestep = await commonTimestep(runs);
  return { ...found, ...(timestep !== undefined && { timestep }) };
}

/** The trajectories of a run, by their names. */
interface Run {
  files: string[];
  /** The folder that was named. */
  folder?: string;
  structure?: string;
}

const trajectoryEndings = /\.(xtc|trr|tng|dcd|nc|ncdf|h5md|lammpstrj|arc|xyz)(\.(gz|bz2|xz|zst))?$/i;

/** What an engine leaves that is none of the run's frames. */
const leftover = /^(#.*#|bck\..*)$|-unused\.|^minimi[sz]e\b/;

/** The trajectories in a folder: those of one run, of two formats of the same frames the smaller. */
async function runIn(folder: string): Promise<Run> {
  const names = (await readdir(folder)).filter((name) => !leftover.test(name));
  const found = names.filter((name) => trajectoryEndings.test(name)).sort();
  const compressed = found.filter((name) => !/\.trr$/i.test(name));
  const files = (compressed.length > 0 ? compressed : found).map((name) => join(folder, name));
  const stems = new Set(files.map((file) => runOfPart(file)));
  if (stems.size > 1)
    throw new LatentcvError(
      'bad-argument',
      `expected one trajectory in the run ${folder} but found ${files.join(', ')}`,
      'name the file instead of the folder',
    );
  const structures = names.filter((name) => /\.(gro|pdb)$/i.test(name));
  const [run] = stems;
  const stem = run && basename(run).replace(/\.[^.]*$/, '');
  const structure = structures.find((name) => name.startsWith(`${stem}.`)) ?? onlyOf(structures);
  return { files, folder, ...(structure !== undefined && { structure: join(folder, structure) }) };
}

/** The one trajectory in the folder of a table, with a structure beside it; undefined where there are not both. */
export async function trajectoryBeside(
  table: string,
): Promise<{ file: string; structure: string } | undefined> {
  const { files, structure } = await runIn(dirname(table)).catch((): Run => ({ files: [] }));
  return files.length === 1 && structure !== undefined ? { file: files[0], structure } : undefined;
}

const onlyOf = (names: readonly string[]): string | undefined => (names.length === 1 ? names[0] : undefined);

async function areRunsOfTrajectories(runs: readonly Run[], options: NamedFrames): Promise<boolean> {
  const { columns, names, dataset, periodic } = options;
  if (runs.length === 0) return false;
  const named = runs.filter(({ folder }) => folder === undefined).flatMap(({ files }) => files);
  const folders = runs.filter(({ folder }) => folder !== undefined);
  const asked = await areTrajectories(named, options);
  if (asked) {
    const empty = folders.find(({ files }) => files.length === 0);
    if (empty) throw noTrajectory(empty.folder!);
    return true;
  }
  const ofTables = [columns, names, dataset, periodic].some((option) => option !== undefined);
  if (named.length > 0 || ofTables) return false;
  if (options.byModel === false) return false;
  return folders.every(
    ({ files, structure }) => files.length > 0 && (options.byModel ?? structure !== undefined),
  );
}

function noTrajectory(folder: string): LatentcvError {
  return new LatentcvError(
    'file-not-found',
    `expected a trajectory in the run ${folder} but found none`,
    'name the files of trajectories instead of the folder',
  );
}

function tablesWeigh(names: readonly string[]): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected trajectories with --weights-from but received ${names.join(', ')}`,
    'tables hold the columns of their own bias: --bias names them',
  );
}

/** By the first file of each run: its table, of those that were named. */
async function tablesNamed(
  runs: readonly Run[],
  { weightsFrom, parts = false }: NamedFrames,
): Promise<Map<string, string>> {
  if (!weightsFrom) return new Map();
  const tables = await expandFiles(weightsFrom);
  const trajectory = tables.find((table) => isTrajectory(table));
  if (trajectory !== undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected tables for --weights-from but received ${trajectory}`,
      'frames go before the options',
    );
  const groups = new Map<string, string[]>();
  for (const file of runs.flatMap(({ files }) => files)) {
    const key = parts ? resolve(dirname(file)) : runOfPart(file);
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  const pairs = pairsOf([...groups.values()], tables);
  return new Map(pairs.flatMap(([files, table]) => files.map((file) => [file, table] as const)));
}

/** Each run with its table: by their folders where each has one of both, else in the order in which they were named. */
function pairsOf(groups: readonly string[][], tables: readonly string[]): (readonly [string[], string])[] {
  const folderOf = (file: string): string => resolve(dirname(file));
  const inFolder = (table: string): string[][] =>
    groups.filter(([first]) => folderOf(first) === folderOf(table));
  const folders = new Set(tables.map(folderOf));
  if (folders.size === tables.length && tables.every((table) => inFolder(table).length === 1))
    return tables.map((table) => [inFolder(table)[0], table] as const);
  if (groups.length === tables.length) return groups.map((files, i) => [files, tables[i]] as const);
  throw new LatentcvError(
    'bad-argument',
    `expected a table for each run with --weights-from but received ${tables.length} for ${groups.length}: ` +
      `${tables.join(', ')} for ${groups.map(([first]) => first).join(', ')}`,
    'name them in the order of the trajectories, or give folders of runs',
  );
}

/** What is known of a run's frames, and its table. */
async function madeBy(
  { files, folder }: Run,
  named: ReadonlyMap<string, string>,
  wanted: readonly string[],
): Promise<Pick<SampledFile, 'facts' | 'known' | 'input'> & { table?: string }> {
  const given = named.get(files[0]);
  const own = folder ?? dirname(given ?? files[0]);
  // a PLUMED input that lies beside a file may be of another run
  const isRun = folder !== undefined || existsSync(join(own, notesFile));
  if (given === undefined && !isRun) return {};
  const found = (await factsIn(own)) ?? {};
  if (given !== undefined) {
    const prints = found.facts?.tables?.some(({ file }) => basename(file) === basename(given));
    return { ...(prints && found), table: given };
  }
  const table = await tableOfRun(own, found, wanted);
  return { ...found, ...(table !== undefined && { table }) };
}

/** What all runs noted, where they noted the same. */
async function commonTimestep(runs: readonly Run[]): Promise<number | undefined> {
  const dumps = runs.flatMap(({ files }) => files).filter((file) => /\.lammpstrj/i.test(file));
  const steps = new Set<number | undefined>();
  for (const file of dumps) steps.add(await readRunTimestep(dirname(file)));
  return steps.size === 1 ? [...steps][0] : undefined;
}
