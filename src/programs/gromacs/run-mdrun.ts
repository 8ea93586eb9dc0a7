import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import {
  findInOutput,
  invalidArgument,
  LatentcvError,
  expectObject,
  expectText,
} from '../../support/index.js';
import type { Checkpoint } from '../checkpoint.js';
import type { PlumedRuntime } from '../plumed/index.js';
import { runEngine } from '../run-program.js';
import { ProgressMeter, type RunProgress } from '../run-progress.js';
import type { GromacsInstall } from './find-gromacs.js';

export interface MdrunOptions {
  gromacs: GromacsInstall;
  plumed: PlumedRuntime;
  /** Folder of the run; GROMACS's files are `md.*` there. */
  cwd: string;
  tpr: string;
  /** The PLUMED input; without it the run is plain. */
  plumedFile?: string;
  /** MD steps in all, those before a restart included. */
  steps: number;
  /** Where the run goes on; by default from `md.cpt` where the folder has one. */
  from?: Checkpoint | 'the start';
  /** Minutes between checkpoints; 15 by default, as mdrun has it. */
  checkpointMinutes?: number;
  /** OpenMP threads; 1 by default. */
  threads?: number;
  /** Words before `gmx` that start it on several processes: `mpirun -np 4`. */
  launcher?: readonly string[];
  onProcess?: (pid: number) => void;
  onProgress?: (progress: RunProgress) => void;
  /** Stops the run at its next step, with a checkpoint to go on from. */
  signal?: AbortSignal;
  /** Further options of mdrun. */
  extra?: readonly string[];
}

export interface MdrunResult {
  /** MD steps in all, fewer than asked for where the input ended it (COMMITTOR), and those before this start. */
  steps: number;
  stepsBefore: number;
  /** As mdrun tells it; undefined where nothing was left to do. */
  nanosecondsPerDay: number | undefined;
  logPath: string;
}

const stepIn = (dump: string): string | undefined => /^step = (\d+)\n/m.exec(dump)?.[1];

/**
 * The step at which a checkpoint goes on, 0 where there is none.
 * @throws LatentcvError `tool-failed` for a damaged one, `missing-tool`
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function checkpointStep(gromacs: GromacsInstall, path: string): Promise<number> {
  expectObject(gromacs, 'gromacs', 'what findGromacs gives');
  expectText(gromacs.executable, 'gromacs.executable');
  expectText(path, 'path');
  if (!existsSync(path)) return 0;
  const args = ['-quiet', 'dump', '-cp', path];
  // to the end, that is over positions and velocities of every atom: only so is it known to be sound
  const step = await findInOutput(gromacs.executable, args, stepIn, { toTheEnd: true });
  if (step !== undefined) return Number(step);
  throw new LatentcvError(
    'tool-failed',
    `expected a GROMACS checkpoint in ${path} but gmx dump cannot read it`,
    'GROMACS keeps the one before as md_prev.cpt: rename it, or start over (‘fromZero’)',
  );
}

/**
 * The checkpoints in a folder that `gmx dump` reads to their end, the newest first: md.cpt and md_prev.cpt, and, where neither
 * can be read, those that were kept.
 * @param kept name of the folder in it that has a folder for each of these
 * @throws LatentcvError `tool-failed` where there are several, or what is left of them, and none can be read
 */
export async function checkpointsIn(
  gromacs: GromacsInstall,
  folder: string,
  kept: string,
): Promise<Checkpoint[]> {
  const own = ['md.cpt', 'md_prev.cpt'].map((name) => join(folder, name)).filter(existsSync);
  const before = (await readdir(join(folder, kept)).catch(() => []))
    .map((set) => join(folder, kept, set, 'md.cpt'))
    .filter(existsSync);
  const problems: Error[] = [];
  for (const paths of [own, before]) {
    const sound: Checkpoint[] = [];
    for (const path of paths)
      await checkpointStep(gromacs, path).then(
        (step) => sound.push({ step, path }),
        (error: Error) => problems.push(error),
      );
    if (sound.length > 0) return sound.sort((a, b) => b.step - a.step);
  }
  // one alone was the run's first, half-written when the run died: there never was anything to go on from
  if (problems.length > 1) throw problems[0];
  return [];
}

function threadArguments(threads: number, { mpi }: GromacsInstall): string[] {
  if (!Number.isInteger(threads) || threads < 1)
    throw invalidArgument('a positive integer', 'threads', threads);
  // built with MPI it has as many processes as the launcher starts
  if (mpi) return ['-ntomp', String(threads)];
  // PLUMED refuses to run with more than one thread-MPI rank.
  return threads === 1 ? ['-nt', '1'] : ['-ntmpi', '1', '-ntomp', String(threads)];
}

/** The command line of mdrun, the launcher first where there is one. */
export function mdrunCommand(
  options: Omit<MdrunOptions, 'plumed' | 'from'>,
  from: Checkpoint | undefined,
): { command: string; args: string[] } {
  const { gromacs, tpr, plumedFile, steps, threads = 1, checkpointMinutes = 15, extra = [] } = options;
  const [command, ...words] = [...(options.launcher ?? []), gromacs.executable];
  const args = [
    ...words,
    ...['-quiet', 'mdrun', '-s', resolve(tpr), '-deffnm', 'md', '-nsteps', String(steps - (from?.step ?? 0))],
    ...(from === undefined ? [] : ['-cpi', relative(options.cwd, from.path)]),
    ...(plumedFile === undefined ? [] : ['-plumed', resolve(plumedFile)]),
    ...['-cpt', String(checkpointMinutes)],
    ...['-v', '-stepout', String(Math.max(100, Math.round(steps / 1000)))],
    ...threadArguments(threads, gromacs),
    ...extra,
  ];
  return { command, args };
}

async function startOf({ from, gromacs, cwd }: MdrunOptions): Promise<Checkpoint | undefined> {
  if (from === 'the start') return undefined;
  if (from !== undefined) return from;
  const path = join(cwd, 'md.cpt');
  return existsSync(path) ? { step: await checkpointStep(gromacs, path), path } : undefined;
}

/**
 * Runs `gmx mdrun`, with PLUMED, to a total number of steps; goes on from `md.cpt` where the folder has one. What it prints
 * goes to `mdrun.log`, which outlives this process.
 *
 * Progress comes from mdrun's own step counter.
 * @throws LatentcvError `missing-tool` (no `-plumed`), `tool-failed` with PLUMED's or GROMACS's words, `interrupted` after
 * the signal: the checkpoint is written, and the same call goes on
 */
export async function runMdrun(options: MdrunOptions): Promise<MdrunResult> {
  expectObject(options, 'options');
  const { gromacs, plumed, cwd, steps, plumedFile, signal, onProcess } = options;
  if (!Number.isInteger(steps) || steps < 1) throw invalidArgument('a positive integer', 'steps', steps);
  if (plumedFile !== undefined && !gromacs.plumed) {
    const problem = `expected a GROMACS whose mdrun takes -plumed but ${gromacs.executable} does not`;
    throw new LatentcvError(
      'missing-tool',
      problem,
      'GROMACS 2025 or later has it; latentcv setup gromacs fetches one',
    );
  }
  const logPath = join(cwd, 'mdrun.log');
  const from = await startOf(options);
  const stepsBefore = from?.step ?? 0;
  if (stepsBefore >= steps) return { steps, stepsBefore, nanosecondsPerDay: undefined, logPath };
  const meter = new ProgressMeter(steps, stepsBefore, options.onProgress);
  const output = await runEngine({
    ...mdrunCommand(options, from),
    cwd,
    // No LD_LIBRARY_PATH: a GROMACS that brings its own C library must not meet another's.
    // a run of hundreds of pieces leaves as many of PLUMED's logs, of which it would refuse the hundredth
    env: { PLUMED_KERNEL: plumed.kernel, PLUMED_MAXBACKUP: process.env.PLUMED_MAXBACKUP ?? '100000' },
    logPath,
    append: stepsBefore > 0,
    onText: (text) => reportStep(text, meter),
    onProcess,
    signal,
  });
  const step = await checkpointStep(gromacs, join(cwd, 'md.cpt'));
  if (step >= steps) meter.report(steps);
  const speed = /^Performance:\s+([\d.]+)/m.exec(output);
  return { steps: step, stepsBefore, nanosecondsPerDay: speed ? Number(speed[1]) : undefined, logPath };
}

function reportStep(text: string, meter: ProgressMeter): void {
  const last = [...text.matchAll(/^step (\d+)[, ]/gm)].at(-1);
  if (last) meter.report(Number(last[1]));
}
