import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import {
  parsePlumedInput,
  placeOf,
  restartFiles,
  walkersFolder,
  withWords,
  type PlumedInput,
  type WordEdit,
  type WrittenTable,
} from '../../plumed/index.js';
import {
  LatentcvError,
  Lock,
  digits,
  escaped,
  groupRuns,
  lockHolder,
  writeProblem,
  writeWhole,
} from '../../support/index.js';
import { cutTable, endOfTable } from './cut-table.js';
import { lastProcess } from './run-record.js';

type Statement = WrittenTable['statement'];

/** The folder of shared hills, beside those of the walkers. */
const sharedFolder = '../walkers';

/**
 * The input of a walker: METAD and PBMETAD, each a run of its own, read each other's hills in one folder (Raiteri et al. 2006,
 * doi:10.1021/jp054359r).
 * @throws LatentcvError `plumed-input` for an input whose biases cannot share so
 */
export function walkerInput(input: PlumedInput, walker: number, walkers: number): PlumedInput {
  const shares = input.all.filter(({ action }) => action === 'METAD' || action === 'PBMETAD');
  const opes = input.all.find(({ action }) => action.startsWith('OPES_'));
  if (opes)
    throw new LatentcvError(
      'plumed-input',
      `${placeOf(opes)}: expected METAD or PBMETAD for walkers but found ${opes.action}, which shares by WALKERS_MPI alone`,
      'give WALKERS_MPI and a PLUMED and an engine with MPI (docs/engines.md), or independent ‘replicas’',
    );
  if (shares.length === 0)
    throw new LatentcvError('plumed-input', 'expected METAD or PBMETAD for walkers but found neither');
  const edits = shares.flatMap((statement): WordEdit[] => {
    if (statement.path !== input.path)
      throw new LatentcvError(
        'plumed-input',
        `${placeOf(statement)}: expected ${statement.action} in the input itself for walkers but it is in a file that the input includes`,
      );
    const folder = statement.keywords.get('WALKERS_DIR') ?? sharedFolder;
    const words = { WALKERS_N: walkers, WALKERS_ID: walker, WALKERS_DIR: folder };
    return Object.entries(words).map(([keyword, value]) => ({ statement, keyword, value: String(value) }));
  });
  return parsePlumedInput(withWords(input.text, edits), input.path, {
    workingFolder: input.path === undefined ? '.' : [dirname(resolve(input.path)), '.'],
  });
}

/** The locks by which walkers that share a folder of hills know of each other. */
export class WalkerLocks {
  private readonly locks: Lock[] = [];
  private readonly read = new Set<Statement>();
  /** The walkers of this process, by their locks. */
  private readonly places = new Map<string, Place>();

  private constructor() {}

  /**
   * Takes the locks of walkers, all that are to run in this process, and sees whether others live.
   * @throws LatentcvError `file-access` where another process runs the same walker, `plumed-input` where two of these are the same
   */
  static async take(
    walkers: readonly { input: PlumedInput | undefined; folder: string }[],
  ): Promise<WalkerLocks> {
    const held = new WalkerLocks();
    const places = walkers.flatMap(({ input, folder }) => (input ? placesOf(input, folder) : []));
    const twice = places.find(({ file }, i) => places.findIndex((other) => other.file === file) !== i);
    if (twice)
      throw new LatentcvError(
        'plumed-input',
        `${placeOf(twice.statement)}: expected a WALKERS_ID of its own for each replica but ${twice.file.replace(/\.lock$/, '')} stands for two`,
        '‘walkers’ numbers them, or write WALKERS_ID={replica}',
      );
    try {
      for (const { file, place, statement, own, folder } of places) {
        await mkdir(place, { recursive: true }).catch((error: unknown) => {
          throw writeProblem(place, error);
        });
        if (await othersLive(place, places)) held.read.add(statement);
        held.places.set(file, { statement, place, own, file, folder });
        held.locks.push(await Lock.take(file, `walker ${own} of ${place} is being run`));
        await writeWhole(folderFile(file), `${relative(place, folder) || '.'}\n`);
      }
    } catch (error) {
      await held.release();
      throw error;
    }
    return held;
  }

  /** Whether another walker lives that has read what this bias wrote. */
  isRead(statement: Statement): boolean {
    return this.read.has(statement);
  }

  /**
   * Cuts the hills of walkers that are all down back to the checkpoint of each, as each one does of its own once it starts: this one
   * reads them now.
   * @param timeAt the time, in PLUMED's files, at which the run in a folder goes on; undefined where it is not known
   */
  async cutOthers(
    input: PlumedInput,
    timeAt: (folder: string) => Promise<number | undefined>,
    onNote: (line: string) => void,
  ): Promise<void> {
    const ours = [...this.places.values()].filter(
      ({ statement }) =>
        statement.path === input.path && input.all.includes(statement) && !this.read.has(statement),
    );
    for (const place of ours)
      for (const { id, folder } of await this.othersOf(place)) {
        const time = await timeAt(folder);
        if (time !== undefined)
          for (const line of await cutHills(place.statement, { id, folder }, time)) onNote(line);
      }
  }

  /** The walkers that share a bias with one of ours and are not of this process. */
  private async othersOf({ place, file }: Place): Promise<Walker[]> {
    const [, hills] = /^(.*)\.\d+\.lock$/.exec(basename(file))!;
    const named = new RegExp(`^${escaped(hills)}\\.(\\d+)\\.folder$`);
    const all = (await readdir(place)).flatMap((name) => {
      const id = named.exec(name)?.[1];
      return id === undefined ? [] : [{ id, lock: join(place, `${hills}.${id}.lock`) }];
    });
    const others = all.filter(({ lock }) => !this.places.has(lock));
    return await Promise.all(
      others.map(async ({ id, lock }) => ({
        id,
        folder: resolve(place, (await readFile(folderFile(lock), 'utf8')).trim()),
      })),
    );
  }

  async release(): Promise<void> {
    await Promise.all(this.locks.map((lock) => lock.release()));
  }
}

/** A walker of another process: its number and the folder of its run. */
interface Walker {
  id: string;
  folder: string;
}

/** Cuts the hills that a walker laid behind a time, and says so, a line for each file. */
async function cutHills(statement: Statement, { id, folder }: Walker, time: number): Promise<string[]> {
  const lines: string[] = [];
  for (const own of restartFiles(statement)) {
    const path = resolve(folder, own.replace(/\.\d+$/, `.${id}`));
    const end = await endOfTable(path, (each) => each <= time, { finite: true });
    if (!end || end.dropped === 0) continue;
    await cutTable(end);
    lines.push(
      `${path} was cut back to the checkpoint of ${folder} at ${digits(time, 6)}: ${end.dropped} hills less`,
    );
  }
  return lines;
}

/** Where a walker's bias shares its hills. */
interface Place {
  statement: Statement;
  place: string;
  own: string;
  /** Its lock there. */
  file: string;
  /** That of the walker's run. */
  folder: string;
}

/** Beside a walker's lock, where its run is. */
const folderFile = (lock: string): string => lock.replace(/\.lock$/, '.folder');

function placesOf({ all }: PlumedInput, folder: string): Place[] {
  return all.flatMap((statement) => {
    const shared = walkersFolder(statement);
    if (shared === undefined) return [];
    const place = resolve(folder, shared);
    const own = statement.keywords.get('WALKERS_ID') ?? '0';
    const hills = statement.keywords.get('FILE')?.split(',')[0] ?? statement.action;
    return [{ statement, place, own, folder, file: join(place, `${hills}.${own}.lock`) }];
  });
}

/** A walker lives with its latentcv, or with an engine that outlived that. */
async function walkerLives(place: string, lock: string): Promise<boolean> {
  if ((await lockHolder(lock))?.lives) return true;
  const folder = await readFile(folderFile(lock), 'utf8').catch(() => undefined);
  const process = folder === undefined ? undefined : await lastProcess(resolve(place, folder.trim()));
  return process !== undefined && groupRuns(process);
}

async function othersLive(place: string, ours: readonly Place[]): Promise<boolean> {
  const own = new Set(ours.map(({ file }) => file));
  const others = (await readdir(place))
    .filter((name) => /\.\d+\.folder$/.test(name))
    .map((name) => join(place, name.replace(/\.folder$/, '.lock')))
    .filter((file) => !own.has(file));
  const lives = await Promise.all(others.map((file) => walkerLives(place, file)));
  return lives.includes(true);
}
