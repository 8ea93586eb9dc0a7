import { availableParallelism } from 'node:os';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expectRestartable, parsePlumedInput, type PlumedInput } from '../plumed/index.js';
import {
  engineRuns,
  expectActions,
  expectEnergyTold,
  expectNoExchange,
  type EngineRun,
  type MdEngine,
  type PlumedRuntime,
  type RunProgress,
} from '../programs/index.js';
import { invalidArgument, LatentcvError, writeWhole, bytesOf, expectObject } from '../support/index.js';
import { carriedInput, copyCarried } from './carry-files.js';
import { inParallel } from './in-parallel.js';
import { JointProgress } from './joint-progress.js';
import { runNotes, withColumns } from './run-notes.js';
import { RunFolder } from './run-record.js';

export interface BiasedRunOptions {
  engine: MdEngine;
  plumed: PlumedRuntime;
  /** Folder of the run; several replicas get `replica-0`, `replica-1`, … in it. */
  folder: string;
  /**
   * Text of the PLUMED input; paths in it are absolute or relative to the run's folder. GROMACS alone runs without one,
   * plainly.
   */
  input?: string;
  /**
   * Where files that the input reads by a relative name are (there or in the current folder); they are copied into the
   * run's folder, those behind `..` under a name of their own.
   */
  inputFolder?: string;
  /** The file that `input` is the text of, for messages and for what it includes. */
  inputPath?: string;
  /** What else was done, a line each: files read under other names, a run that starts over. */
  onNote?: (line: string) => void;
  /** Processes at a time; by default as many as the machine has cores for. */
  parallel?: number;
  onProgress?: (progress: RunProgress) => void;
  /** Stops all replicas; GROMACS writes a checkpoint, and the same call goes on from there. */
  signal?: AbortSignal;
}

export interface BiasedRunResult {
  /** One folder per replica, with `plumed.dat`, the engine's files and what PLUMED wrote. */
  folders: string[];
  /** ns/day of each replica, where the engine tells it. */
  nanosecondsPerDay: (number | undefined)[];
}

async function runReplica(
  run: EngineRun,
  folder: string,
  options: BiasedRunOptions & { parsed: PlumedInput | undefined },
  onProgress: (progress: RunProgress) => void,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { parsed } = options;
  const record = new RunFolder(folder, [options.input ?? 'no PLUMED', ...run.inputs]);
  await record.open();
  if (record.finished && !run.canExtend) return undefined;
  if (parsed) await expectRestartable(parsed, folder, options.inputFolder);
  const { text, ...written } = await writeInput(options, folder, record);
  const notes = runNotes(run.notes, options.plumed, text, folder);
  await record.note(notes);
  const { plumed, onNote } = options;
  const speed = await run.start({ plumed, cwd: folder, ...written, onProgress, onNote, signal });
  await record.note(await withColumns(notes, folder));
  await record.finish();
  return speed;
}

/**
 * What the PLUMED at hand and the engine can do with the input.
 * @throws LatentcvError `missing-tool`, `plumed-input`, `bad-argument`
 */
async function expectRunnable(options: BiasedRunOptions): Promise<PlumedInput | undefined> {
  const { engine, plumed, folder } = options;
  if (options.input === undefined) return undefined;
  const workingFolder = options.inputFolder === undefined ? folder : [options.inputFolder, '.'];
  const input = parsePlumedInput(options.input, options.inputPath, { workingFolder });
  if (engine.kind === 'gromacs') {
    if (!engine.trustEnergy) expectEnergyTold(engine.gromacs, input);
    expectNoExchange(engine.gromacs, engine.extra ?? []);
  }
  await expectActions(plumed, input);
  return input;
}

/** Puts the PLUMED input, if there is one, and what it reads into the run's folder. */
async function writeInput(
  { parsed, inputFolder, onNote }: BiasedRunOptions & { parsed: PlumedInput | undefined },
  folder: string,
  { known }: RunFolder,
): Promise<{ plumedFile?: string; text?: string }> {
  if (!parsed) return {};
  const plumedFile = join(folder, 'plumed.dat');
  let { text } = parsed;
  if (!known) expectNoOther(plumedFile, text);
  if (inputFolder !== undefined && resolve(inputFolder) !== resolve(folder)) {
    const carried = carriedInput(parsed, [inputFolder, '.']);
    for (const note of carried.notes) onNote?.(note);
    await copyCarried(carried, folder);
    ({ text } = carried);
  }
  await writeWhole(plumedFile, bytesOf(text));
  return { plumedFile, text };
}

/**
 * A PLUMED input of somebody's own is not written over.
 * @throws LatentcvError `bad-argument`
 */
function expectNoOther(path: string, text: string): void {
  if (!existsSync(path) || readFileSync(path).equals(bytesOf(text))) return;
  throw new LatentcvError(
    'bad-argument',
    `expected a folder for the run but ${path} is there, another input than the run's`,
    'name a folder of its own with ‘folder’',
  );
}

function parallelism({ parallel, engine }: BiasedRunOptions): number {
  if (parallel !== undefined && !(Number.isInteger(parallel) && parallel >= 1)) {
    throw invalidArgument('a positive integer', 'parallel', parallel);
  }
  const threads = engine.kind === 'gromacs' ? (engine.threads ?? 1) : 1;
  return parallel ?? Math.max(1, Math.floor(availableParallelism() / threads));
}

/**
 * Runs MD along a bias (or, in GROMACS, without one), one process per replica, each in a folder of its own that holds
 * all its files.
 *
 * The same call again goes on where the last one stopped: GROMACS from its checkpoint with PLUMED restarted, the
 * others from the beginning unless they came to their end.
 * @throws LatentcvError `bad-argument` where the folder holds another run,
 * `tool-failed` with the engine's or PLUMED's words, `interrupted`, `missing-tool` (a program, or a module of PLUMED that
 * the input needs), `plumed-input` (ENERGY in a GROMACS that leaves it 0, RESTART without files to go on from).
 */
export async function biasedRun(options: BiasedRunOptions): Promise<BiasedRunResult> {
  expectObject(options, 'options');
  expectObject(options.engine, 'options.engine', 'an MD engine');
  const { engine, input } = options;
  if (input === undefined && engine.kind !== 'gromacs')
    throw invalidArgument(`a PLUMED input for ${engine.kind}`, 'input', 'none');
  const runs = await engineRuns(engine);
  const parsed = await expectRunnable(options);
  const folders = runs.map((_, i) =>
    runs.length === 1 ? options.folder : join(options.folder, `replica-${i}`),
  );
  const joint = new JointProgress(
    runs.map((run) => run.steps),
    options.onProgress,
  );
  const tasks = runs.map((run, i) => (signal: AbortSignal) => {
    return runReplica(
      run,
      folders[i],
      { ...options, parsed },
      (progress) => joint.report(i, progress),
      signal,
    );
  });
  const nanosecondsPerDay = await inParallel(tasks, parallelism(options), options.signal);
  return { folders, nanosecondsPerDay };
}
