import { copyFile, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import {
  inputUnits,
  notRestored,
  placeOf,
  restartFiles,
  walkersFolder,
  writtenTables,
  type PlumedInput,
  type Restart,
  type StateWriter,
  type WrittenTable,
} from '../../plumed/index.js';
import type { Checkpoint, EngineRun } from '../../programs/index.js';
import { LatentcvError, digits } from '../../support/index.js';
import { cutTable, endsOfTable, type TableEnd } from './cut-table.js';
import { fittingState } from './kept-states.js';
import { setAside } from './set-aside.js';

/** Where a run begins, and how PLUMED is to go on there. */
export interface StartingPoint {
  /** Undefined: from the start. */
  from: Checkpoint | undefined;
  restart: Restart;
  /** The run had come to its end before: nothing is left to do. */
  done?: boolean;
}

/** What decides where a run begins. */
export interface StartingFrom {
  run: EngineRun;
  folder: string;
  /** Undefined for a plain run. */
  input: PlumedInput | undefined;
  states: readonly StateWriter[];
  /** Whether the folder held this run before. */
  known: boolean;
  /** Starts anew, whatever is there. */
  fromZero: boolean;
  /** Bytes of each file, by its path, that another run had left when this one began. */
  inherited: Readonly<Record<string, number>>;
  /** Whether another walker that reads this file lives. */
  isRead: (statement: WrittenTable['statement']) => boolean;
  onNote: (line: string) => void;
}

const fromStart: StartingPoint = { from: undefined, restart: { states: [], anew: [] } };

/**
 * Brings back what PLUMED wrote to the checkpoint from which the engine goes on, the newest that its tables reach.
 *
 * PLUMED sees the checkpoint's step once more at the restart, where it prints again but lays no hill (METAD, PBMETAD and OPES skip
 * their first step): of a printed table the rows before it stay, of hills and kernels those up to it.
 * @throws LatentcvError `tool-failed` where checkpoints cannot be read, `bad-data` where no checkpoint fits what the bias left
 */
export async function startingPoint(options: StartingFrom): Promise<StartingPoint> {
  const { run, folder, input, known, fromZero, onNote } = options;
  const checkpoints = fromZero ? [] : await run.checkpoints(folder);
  if (checkpoints.length === 0) {
    if (!known) return fromStart;
    const aside = await setAside(folder, leftovers(options));
    const why = fromZero
      ? 'as asked'
      : `${run.notes.engine?.name ?? 'the engine'} left no checkpoint to go on from`;
    if (aside !== undefined)
      onNote(`${folder}: the run starts over, ${why}; what it had written is in ${aside}`);
    return fromStart;
  }
  if (!input || run.timestep === undefined)
    return { ...fromStart, from: checkpoints[0], done: isEnd(checkpoints[0], run) };
  return await goOn(options, input, checkpoints);
}

const isEnd = ({ step }: Checkpoint, { steps }: EngineRun): boolean => steps !== undefined && step >= steps;

const leftovers = ({
  run,
  folder,
  input,
  states,
  inherited,
}: StartingFrom): Parameters<typeof setAside>[1] => ({
  ownFiles: run.ownFiles,
  files: [...(input ? writtenTables(input) : []), ...states].map(({ file }) => resolve(folder, file)),
  inherited,
});

/** A table, and how far it counts at a checkpoint. */
interface Found {
  table: WrittenTable;
  end: TableEnd | undefined;
}

async function goOn(
  options: StartingFrom,
  input: PlumedInput,
  checkpoints: readonly Checkpoint[],
): Promise<StartingPoint> {
  const { run, folder, onNote } = options;
  const unit = run.timestep! / inputUnits(input).time;
  const tables = await tablesAt(options, input, checkpoints, unit);
  const candidates = checkpoints.map((from, i) => {
    const found = tables.map(({ table, ends }): Found => ({ table, end: ends?.[i] }));
    return { from, found, lacks: found.flatMap((each) => lackOf(each, from.step, unit)) };
  });
  const chosen =
    candidates.find(({ lacks }) => lacks.length === 0) ??
    candidates.find(({ lacks }) => lacks.every(({ deadly }) => !deadly));
  if (!chosen) throw unusable(candidates[0], unit);
  const { from, found, lacks } = chosen;
  if (isEnd(from, run)) return { ...fromStart, from, done: true };
  if (from !== checkpoints[0])
    onNote(
      `${folder}: goes on from ${basename(from.path)}, since ${candidates[0].lacks[0].words} at the later checkpoint`,
    );
  for (const { words } of lacks) onNote(`${folder}: ${words}`);
  await cutAll(found, options, from.step * unit);
  for (const line of notRestored(input)) onNote(line);
  return { from, restart: await restartOf(options, found, from.step, unit) };
}

/** The tables of an input as they would be at each checkpoint; `unit` is the time of a step in PLUMED's files. */
async function tablesAt(
  { folder, inherited }: StartingFrom,
  input: PlumedInput,
  checkpoints: readonly Checkpoint[],
  unit: number,
): Promise<{ table: WrittenTable; ends: TableEnd[] | undefined }[]> {
  const tables = [...new Map(writtenTables(input).map((table) => [table.file, table])).values()];
  const half = unit / 2;
  return await Promise.all(
    tables.map(async (table) => {
      const path = resolve(folder, table.file);
      const kept = checkpoints.map(
        ({ step }) =>
          (time: number): boolean =>
            time < step * unit + (table.ofBias ? half : -half),
      );
      return { table, ends: await endsOfTable(path, kept, { from: inherited[path], finite: table.ofBias }) };
    }),
  );
}

/** What a table lacks at a checkpoint. */
interface Lack {
  words: string;
  /** The bias would not be the one that drove the run. */
  deadly: boolean;
}

/** OPES that measures the width of its kernels lays none before: for ten times its PACE, where not told otherwise. */
function rowsBeforeFirst({ action, keywords }: WrittenTable['statement'], stride: number): number {
  if (!action.startsWith('OPES_METAD') || !adaptsSigma(keywords)) return 0;
  const measured = Number(keywords.get('ADAPTIVE_SIGMA_STRIDE') ?? 10 * stride);
  return Math.ceil(measured / stride) + 1;
}

function adaptsSigma(keywords: WrittenTable['statement']['keywords']): boolean {
  const sigma = keywords.get('SIGMA');
  return sigma === undefined || /^ADAPTIVE$/i.test(sigma);
}

function lackOf({ table, end }: Found, step: number, unit: number): Lack[] {
  const { stride, ofBias, file, statement } = table;
  if (stride === undefined) return [];
  const wanted = Math.floor((ofBias ? step : step - 1) / stride) * stride;
  const reached = end?.lastTime === undefined ? undefined : Math.round(end.lastTime / unit);
  const missing = (wanted - (reached ?? 0)) / stride;
  if (statement.action === 'OPES_EXPANDED') return [];
  if (reached === undefined && missing <= rowsBeforeFirst(statement, stride)) return [];
  if (missing <= 0 && reached !== undefined) return [];
  const until =
    reached === undefined
      ? end
        ? 'has no whole row'
        : 'is missing'
      : `ends at ${digits(reached * unit, 6)}`;
  const words = `${file} ${until}, ${Math.round(missing)} rows before the checkpoint at ${digits(step * unit, 6)}`;
  return [{ words, deadly: ofBias && missing > 1 }];
}

function unusable(
  { from, lacks }: { from: Checkpoint; lacks: readonly Lack[] },
  unit: number,
): LatentcvError {
  const { words } = lacks.find(({ deadly }) => deadly)!;
  return new LatentcvError(
    'bad-data',
    `expected what the bias wrote up to ${from.path} (time ${digits(from.step * unit, 6)}) but ${words}: the bias that drove the run cannot be restored`,
    'put the file back where it was moved away; ‘fromZero’ starts over and keeps what is there aside',
  );
}

async function cutAll(
  found: readonly Found[],
  { isRead, onNote, folder }: StartingFrom,
  time: number,
): Promise<void> {
  for (const { table, end } of found) {
    if (!end || end.kept >= end.size) continue;
    if (table.ofBias && isRead(table.statement)) {
      if (end.dropped > 0)
        onNote(
          `${folder}: ${end.dropped} hills behind ${digits(time, 6)} stay in ${table.file}: a walker that lives has read them`,
        );
      continue;
    }
    await cutTable(end);
    // a printed row of the checkpoint's own step comes again
    if (end.dropped > (table.ofBias ? 0 : 1))
      onNote(
        `${folder}: ${table.file} was cut back to the checkpoint at ${digits(time, 6)}: ${end.dropped} rows less`,
      );
  }
}

async function restartOf(
  { folder, states, isRead, onNote, inherited }: StartingFrom,
  found: readonly Found[],
  step: number,
  unit: number,
): Promise<Restart> {
  const restart: Restart = { states: [], anew: [] };
  const biases = new Set(found.filter(({ table }) => table.ofBias).map(({ table }) => table.statement));
  for (const statement of biases) {
    const own = found.filter(({ table }) => table.statement === statement);
    const laid = own.some(({ end }) => (end?.rows ?? 0) > 0);
    const goesOn = laid || own.some(({ end }) => end && inherited[end.path] !== undefined);
    const index = states.findIndex((state) => state.statement === statement);
    const stepOf = (time: number): number => Math.round(time / unit);
    const state = index < 0 ? undefined : fittingState(folder, states, index, { step, stepOf });
    if (state !== undefined) {
      const { file } = states[index];
      const to = join(dirname(file), `restart.${basename(file)}`);
      await copyFile(state, resolve(folder, to));
      restart.states.push({ statement, path: relative(folder, resolve(folder, to)) });
    } else if (!goesOn && !isRead(statement) && walkersFolder(statement) === undefined) {
      restart.anew.push(statement);
      const measures = statement.action.startsWith('OPES_METAD') && adaptsSigma(statement.keywords);
      onNote(
        `${placeOf(statement)}: ${statement.action} had laid nothing before the checkpoint and begins there` +
          (measures ? ': it measures SIGMA anew' : ''),
      );
      for (const file of restartFiles(statement)) await rm(resolve(folder, file), { force: true });
    } else if (index >= 0) withoutState(statement, onNote);
  }
  return restart;
}

/** A bias of OPES goes on from its kernels, which is what PLUMED calls approximate. */
function withoutState(statement: WrittenTable['statement'], onNote: (line: string) => void): void {
  const { action, keywords } = statement;
  if (keywords.has('STATE_RFILE'))
    throw new LatentcvError(
      'bad-data',
      `${placeOf(statement)}: expected a state of ${action} that fits the checkpoint but there is none, and its kernels alone lack what STATE_RFILE brought`,
      '‘fromZero’ starts over from STATE_RFILE and keeps what is there aside',
    );
  const adapts = action !== 'OPES_EXPANDED' && adaptsSigma(keywords);
  const from = restartFiles(statement)[0];
  onNote(
    `${placeOf(statement)}: no state of ${action} fits the checkpoint, so it goes on from ${from}` +
      (adapts ? ", and SIGMA's adaptation starts anew" : ''),
  );
}
