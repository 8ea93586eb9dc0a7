import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../src/support/index.js';
import { inputOf, type BiasCase } from './biases.js';
import { enginesIn, killNow, startRun, untilNoEngine, type Started } from './command.js';
import { rowAt, timeProblems } from './folder-checks.js';
import type { SystemCase } from './systems.js';
import { lastTime } from './tables.js';

export type Victim = 'engine' | 'latentcv' | 'both';

export interface KillCase {
  system: SystemCase;
  bias: BiasCase;
  /** Who is killed, one after the other, in one run. */
  victims: readonly Victim[];
  /** Of the instants. */
  seed: number;
  /** Steps between kernels; no multiple of it should be one of the system's grid. */
  pace: number;
}

export interface KillOutcome {
  /** What is wrong; empty where all is right. */
  problems: string[];
  /** Each kill, and what the run that went on from it found. */
  kills: Kill[];
}

export interface Kill {
  victim: Victim;
  /** Time in COLVAR when it came; 0 where there was none yet. */
  time: number;
  /** Time at which the next run went on; undefined where the folder does not tell. */
  restart?: number;
  /** Whether the next run took a STATE of OPES. */
  state?: boolean;
  /** By how much its bias differs at that time from the dead run's; undefined where one of them has no row there. */
  difference?: number;
}

/** kJ/mol that a bias may be off where PLUMED restarts it exactly: digits of files. */
export const exactly = 1e-6;

/**
 * A run that is killed so often at random instants, each time given the same command again, and comes to its end.
 * @param more words of `latentcv run`, and of the engine behind `--`
 */
export async function killedRun(
  asked: KillCase,
  folder: string,
  more: readonly string[] = [],
): Promise<KillOutcome> {
  const run = prepareRun(asked, folder, more);
  const random = new Random(asked.seed);
  const kills: Kill[] = [];
  for (const [number, victim] of asked.victims.entries()) {
    // one of three comes while the run starts: files are cut, checkpoints read
    const atStart = random.uniform() < 1 / 3;
    const seconds = random.uniform(0.05, atStart ? (victim === 'engine' ? 0.5 : 3) : 0.3);
    const before = lastTime(run.colvar);
    const until = atStart ? 0 : before + (run.length - before) * random.uniform(0.1, 0.6);
    const started = startRun(run.words, run.log);
    await reaches(run.colvar, until, started);
    if (victim === 'engine') await untilEngine(run.folder, started);
    await pause(seconds * 1000);
    await killVictim(victim, started, run.folder);
    kills.push({ victim, time: lastTime(run.colvar) });
    if (existsSync(run.folder)) copyLive(run.folder, deadFolder(folder, number));
  }
  const code = await startRun(run.words, run.log).ended;
  const problems = code === 0 ? [] : [`the last start ended with ${code}: ${lastLines(run.log)}`];
  problems.push(...fileProblems(asked, run.folder));
  const folders = [...kills.map((_, number) => deadFolder(folder, number)), run.folder];
  kills.forEach((kill, number) => problems.push(...restartProblems(asked, kill, folders, number)));
  return { problems, kills };
}

/** A folder in which an engine may still write and rename: what is gone when its turn comes is left out. */
export function copyLive(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    try {
      cpSync(join(from, name), join(to, name), { recursive: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

interface PreparedRun {
  folder: string;
  colvar: string;
  log: string;
  words: string[];
  length: number;
}

/** @param more words of `latentcv run`, and of the engine behind `--` */
export function prepareRun(
  { system, bias, pace }: KillCase,
  folder: string,
  more: readonly string[] = [],
): PreparedRun {
  mkdirSync(folder, { recursive: true });
  const plumed = join(folder, 'biased.dat');
  writeFileSync(plumed, inputOf(bias, system.cvs, system.grid, pace));
  const run = join(folder, 'run');
  return {
    folder: run,
    colvar: join(run, 'COLVAR'),
    log: join(folder, 'latentcv.log'),
    words: [
      ...[...system.words(system.steps), '--plumed', plumed, '--folder', run],
      ...['--checkpoint-minutes', '0.01', ...more],
    ],
    length: system.steps * system.timestep,
  };
}

const deadFolder = (folder: string, number: number): string => join(folder, `dead-${number}`);

export const lastLines = (log: string): string =>
  readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' / ');

/** Waits until COLVAR has come to a time, or the run has ended. */
export async function reaches(colvar: string, time: number, { child }: Started): Promise<void> {
  while (time > 0 && lastTime(colvar) < time && child.exitCode === null && child.signalCode === null)
    await pause(20);
}

/** Waits for an engine to kill, or the end of the run. */
async function untilEngine(folder: string, { child }: Started): Promise<void> {
  const runs = (): boolean => existsSync(folder) && enginesIn(folder).length > 0;
  while (!runs() && child.exitCode === null && child.signalCode === null) await pause(20);
}

async function killVictim(victim: Victim, { child, ended }: Started, folder: string): Promise<void> {
  if (victim !== 'engine') child.kill('SIGKILL');
  if (victim !== 'latentcv' && existsSync(folder)) enginesIn(folder).forEach(killNow);
  await ended;
  if (!existsSync(folder)) return;
  // nobody is left of both; an engine whose latentcv was killed is left to the next start
  if (victim === 'both') enginesIn(folder).forEach(killNow);
  if (victim !== 'latentcv') await untilNoEngine(folder, 20);
}

/** OPES that had laid nothing before a restart measures its width anew from there. */
function firstOf({ first }: BiasCase, pace: number, folder: string): number {
  if (first <= 1) return first * pace;
  let laid = first * pace;
  for (const { step } of startsIn(folder))
    if (step < laid) laid = Math.ceil((step + first * pace) / pace) * pace;
  return laid;
}

/** What is wrong with the files of a run that came to its end. */
export function fileProblems({ system, bias, pace }: KillCase, folder: string): string[] {
  const { timestep, steps, grid } = system;
  const last = (every: number): number => Math.floor(steps / every) * every * timestep;
  const every = (count: number, first: number) => ({
    first: first * timestep,
    every: count * timestep,
    last: last(count),
  });
  return [
    ...timeProblems(join(folder, 'COLVAR'), every(grid, 0)),
    ...bias.kernels.flatMap((name) =>
      timeProblems(join(folder, name), every(pace, firstOf(bias, pace, folder))),
    ),
  ];
}

/**
 * Compares the bias at which a run went on with that of the runs before it, and fills in what the kill led to.
 * @param folders as each kill left the run's, and as it is at the end
 */
function restartProblems(
  { bias, system, pace }: KillCase,
  kill: Kill,
  folders: readonly string[],
  number: number,
): string[] {
  const next = folders[number + 1];
  const [before, since] = [folders[number], next].map(startsIn);
  // it was killed before it began, or nothing was left to do
  if (since.length === before.length) return [];
  const { step } = since[since.length - 1];
  const time = step * system.timestep;
  kill.restart = time;
  kill.state = /\bSTATE_RFILE=/.test(readFileSync(join(next, 'plumed.dat'), 'utf8'));
  if (step === 0) return [];
  const dead = folders.slice(0, number + 1).findLast((folder) => biasAt(folder, time) !== undefined);
  const restarted = biasAt(next, time);
  if (dead === undefined || restarted === undefined) return [];
  kill.difference = Math.abs(biasAt(dead, time)! - restarted);
  // PLUMED adds a hill behind the row that it prints: a run that restarts at such a step has it before, as the dead one where
  // it had begun there itself
  const begun = startsIn(dead).findLast((start) => start.step <= step)?.step === step;
  const more = step % pace === 0 && !begun ? bias.height : 0;
  if (more === undefined || !(bias.exact || kill.state)) return [];
  if (Math.abs(kill.difference - more) <= exactly) return [];
  return [`the bias at ${time} is off by ${kill.difference} kJ/mol after kill ${number + 1}`];
}

export function biasAt(folder: string, time: number): number | undefined {
  const path = join(folder, 'COLVAR');
  return lastTime(path) > 0 ? rowAt(path, time)?.['b.bias'] : undefined;
}

/** Where each start of a run began, as its folder tells. */
export function startsIn(folder: string): { step: number }[] {
  try {
    const { starts } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as {
      starts?: { step: number }[];
    };
    return starts ?? [];
  } catch {
    return []; // killed before the first was noted
  }
}
