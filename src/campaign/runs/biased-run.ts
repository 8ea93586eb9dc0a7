import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import {
  inputUnits,
  parsePlumedInput,
  placeOf,
  writtenTables,
  type PlumedInput,
} from '../../plumed/index.js';
import {
  expectActions,
  type EngineRun,
  type MdEngine,
  type PlumedRuntime,
  type RunProgress,
} from '../../programs/index.js';
import { expectObject, invalidArgument, LatentcvError } from '../../support/index.js';
import { inParallel } from './in-parallel.js';
import { JointProgress } from './joint-progress.js';
import { ReadyReplica, type Replica } from './replica.js';
import { walkerInput, WalkerLocks } from './walkers.js';

export interface BiasedRunOptions {
  engine: MdEngine;
  plumed: PlumedRuntime;
  /** Folder of the run; several replicas get `replica-0`, `replica-1`, … in it. */
  folder: string;
  /**
   * Text of the PLUMED input; paths in it are absolute or relative to the run's folder, and `{replica}` in it is the number of
   * each replica. Without it GROMACS, LAMMPS and other programs run plainly.
   */
  input?: string;
  /**
   * Where files that the input reads by a relative name are (there or in the current folder); they are copied into the
   * run's folder, those behind `..` under a name of their own.
   */
  inputFolder?: string;
  /** The file that `input` is the text of, for messages and for what it includes. */
  inputPath?: string;
  /** Starts over where there is a checkpoint; what is there is set aside. */
  fromZero?: boolean;
  /** Minutes from one checkpoint to the next; 15 by default. */
  checkpointMinutes?: number;
  /** Stops all replicas at a checkpoint after so many hours. */
  maxHours?: number;
  /**
   * Multiple walkers: each replica's METAD or PBMETAD lays hills in a folder that all read, `walkers` beside their own.
   * `only` runs one of them, the others in jobs of their own.
   */
  walkers?: { count: number; only?: number };
  /** What else was done, a line each: files read under other names, tables cut back, a run that starts over. */
  onNote?: (line: string) => void;
  /** Processes at a time; by default as many as the machine has cores for. */
  parallel?: number;
  onProgress?: (progress: RunProgress) => void;
  /** Stops all replicas at a checkpoint, from which the same call goes on. */
  signal?: AbortSignal;
}

export interface BiasedRunResult {
  /** One folder per replica, with `plumed.dat`, the engine's files and what PLUMED wrote. */
  folders: string[];
  /** ns/day of each replica, where the engine tells it. */
  nanosecondsPerDay: (number | undefined)[];
}

/** The inputs of the replicas: `{replica}` stands for the number of each. */
function inputsOf(options: BiasedRunOptions, replicas: number): (PlumedInput | undefined)[] {
  const { input, inputPath, inputFolder, folder, walkers } = options;
  const workingFolder = inputFolder === undefined ? folder : [inputFolder, '.'];
  return Array.from({ length: replicas }, (_, i) => {
    const text = input?.replaceAll('{replica}', String(i));
    if (text === undefined) return undefined;
    const parsed = parsePlumedInput(text, inputPath, { workingFolder });
    return walkers ? walkerInput(parsed, i, walkers.count) : parsed;
  });
}

/**
 * Two replicas that write to one file would go on from each other's rows.
 * @throws LatentcvError `plumed-input`
 */
function expectFilesApart(replicas: readonly { folder: string; parsed: PlumedInput | undefined }[]): void {
  const owners = new Map<string, number>();
  replicas.forEach(({ folder, parsed }, i) => {
    for (const { file, statement } of parsed ? writtenTables(parsed) : []) {
      const path = resolve(folder, file);
      if ((owners.get(path) ?? i) !== i)
        throw new LatentcvError(
          'plumed-input',
          `${placeOf(statement)}: expected a file of its own for each replica but ${path} is that of two`,
          'write {replica} into its name, or a relative one: each replica runs in a folder of its own',
        );
      owners.set(path, i);
    }
  });
}

function expectWalkers({ walkers }: BiasedRunOptions, replicas: number): void {
  if (!walkers) return;
  const { count, only } = walkers;
  if (replicas !== count) throw invalidArgument(`${count} replicas`, 'walkers', replicas);
  if (only !== undefined && !(Number.isInteger(only) && only >= 0 && only < count))
    throw invalidArgument(`a number from 0 to ${count - 1}`, 'walkers.only', only);
}

function parallelism({ parallel, engine }: BiasedRunOptions): number {
  if (parallel !== undefined && !(Number.isInteger(parallel) && parallel >= 1)) {
    throw invalidArgument('a positive integer', 'parallel', parallel);
  }
  return parallel ?? Math.max(1, Math.floor(availableParallelism() / engine.cores));
}

function positive(name: 'checkpointMinutes' | 'maxHours', value: number): number {
  if (value > 0) return value;
  throw invalidArgument('a positive number', name, value);
}

const hour = 3600_000;

/**
 * Runs MD along a bias (or without one), one process per replica, each in a folder of its own that holds all its files.
 *
 * The same call again goes on where the last one stopped, however it ended: the engine from its checkpoint, to which all that
 * PLUMED wrote is brought back. An engine without checkpoints (pesmd) starts over unless it came to its end.
 * @throws LatentcvError `bad-argument` where the folder holds another run, `bad-data` where no checkpoint fits what a bias left,
 * `tool-failed` with the engine's or PLUMED's words, `interrupted`, `missing-tool` (a program, or a module of PLUMED that
 * the input needs), `plumed-input` (ENERGY in a GROMACS that leaves it 0, RESTART without files to go on from), `file-access`
 * (another process has the run, a full disk)
 */
export async function biasedRun(options: BiasedRunOptions): Promise<BiasedRunResult> {
  expectObject(options, 'options');
  expectObject(options.engine, 'options.engine', 'an MD engine');
  const { engine, plumed, folder, inputFolder, fromZero = false } = options;
  const checkpointMinutes = positive('checkpointMinutes', options.checkpointMinutes ?? 15);
  const most = parallelism(options);
  const runs = await engine.runs();
  expectWalkers(options, runs.length);
  const inputs = inputsOf(options, runs.length);
  engine.expectInput(inputs[0]);
  if (inputs[0]) await expectActions(plumed, inputs[0]);
  const all = runs.map((run, i) => ({
    run,
    folder: runs.length === 1 && !options.walkers ? folder : join(folder, `replica-${i}`),
    parsed: inputs[i],
  }));
  expectFilesApart(all);
  const { only } = options.walkers ?? {};
  const chosen = only === undefined ? all : [all[only]];
  const onNote = options.onNote ?? ((): void => undefined);
  const replica = { plumed, inputFolder, fromZero, checkpointMinutes, onNote };
  const nanosecondsPerDay = await inTime(options, (signal) =>
    runAll(
      chosen.map((each) => ({ ...replica, ...each })),
      { most, signal, onProgress: options.onProgress },
    ),
  );
  return { folders: chosen.map((each) => each.folder), nanosecondsPerDay };
}

/** All of them are ready before the first one starts: a walker reads at its start what the others left. */
async function runAll(
  replicas: readonly Omit<Replica, 'isRead'>[],
  { most, signal, onProgress }: { most: number } & Pick<BiasedRunOptions, 'signal' | 'onProgress'>,
): Promise<(number | undefined)[]> {
  const steps = replicas.map(({ run }) => run.steps);
  const joint = new JointProgress(steps, onProgress);
  const walkers = await WalkerLocks.take(replicas.map(({ parsed, folder }) => ({ input: parsed, folder })));
  const ready: ReadyReplica[] = [];
  try {
    for (const { parsed, run, onNote } of replicas)
      if (parsed) await walkers.cutOthers(parsed, (folder) => timeOfCheckpoint(run, parsed, folder), onNote);
    for (const replica of replicas)
      ready.push(await ReadyReplica.of({ ...replica, isRead: (statement) => walkers.isRead(statement) }));
    const tasks = ready.map(
      (each, i) => (stop: AbortSignal) => each.start((progress) => joint.report(i, progress), stop),
    );
    return await inParallel(tasks, most, signal);
  } finally {
    await Promise.all(ready.map((each) => each.release()));
    await walkers.release();
  }
}

/** The time, in PLUMED's files, at which the run in a folder goes on, half a step behind it. */
async function timeOfCheckpoint(
  run: EngineRun,
  input: PlumedInput,
  folder: string,
): Promise<number | undefined> {
  const [last] = await run.checkpoints(folder);
  if (last === undefined || run.timestep === undefined) return undefined;
  return ((last.step + 0.5) * run.timestep) / inputUnits(input).time;
}

/** Does something within the time that a run has. */
async function inTime<T>(
  { maxHours, signal }: BiasedRunOptions,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  if (maxHours === undefined) return await work(signal);
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), positive('maxHours', maxHours) * hour);
  try {
    return await work(AbortSignal.any([over.signal, ...(signal ? [signal] : [])]));
  } catch (error) {
    if (!(error instanceof LatentcvError) || error.code !== 'interrupted' || signal?.aborted) throw error;
    const message = error.message.replace('on request', `after ${maxHours} h, as asked`);
    throw new LatentcvError('interrupted', message, error.hint);
  } finally {
    clearTimeout(timer);
  }
}
