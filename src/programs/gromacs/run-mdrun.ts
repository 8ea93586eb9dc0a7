import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  findInOutput,
  invalidArgument,
  LatentcvError,
  expectObject,
  expectText,
} from '../../support/index.js';
import type { PlumedRuntime } from '../plumed/index.js';
import { runProgram } from '../run-program.js';
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
  /** OpenMP threads; 1 by default. */
  threads?: number;
  onProgress?: (progress: RunProgress) => void;
  /** Stops the run at its next step, with a checkpoint to go on from. */
  signal?: AbortSignal;
  /** Further options of mdrun. */
  extra?: readonly string[];
}

export interface MdrunResult {
  /** MD steps in all, and those that were done before this start. */
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
    'GROMACS keeps the one before as md_prev.cpt: rename it, or start in an empty folder',
  );
}

function threadArguments(threads: number): string[] {
  if (!Number.isInteger(threads) || threads < 1)
    throw invalidArgument('a positive integer', 'threads', threads);
  // PLUMED refuses to run with more than one thread-MPI rank.
  return threads === 1 ? ['-nt', '1'] : ['-ntmpi', '1', '-ntomp', String(threads)];
}

function mdrunArguments(options: MdrunOptions, left: number, resumes: boolean): string[] {
  const { tpr, plumedFile, threads = 1, extra = [] } = options;
  return [
    ...['-quiet', 'mdrun', '-s', resolve(tpr), '-deffnm', 'md', '-nsteps', String(left)],
    ...(resumes ? ['-cpi', 'md.cpt'] : []),
    ...(plumedFile === undefined ? [] : ['-plumed', resolve(plumedFile)]),
    ...['-v', '-stepout', String(Math.max(100, Math.round(options.steps / 1000)))],
    ...threadArguments(threads),
    ...extra,
  ];
}

/**
 * Runs `gmx mdrun`, with PLUMED, to a total number of steps; goes on from `md.cpt` where the folder has one.
 *
 * Progress comes from mdrun's own step counter.
 * @throws LatentcvError `missing-tool` (no `-plumed`), `tool-failed` with PLUMED's or GROMACS's words, `interrupted` after
 * the signal: the checkpoint is written, and the same call goes on
 */
export async function runMdrun(options: MdrunOptions): Promise<MdrunResult> {
  expectObject(options, 'options');
  const { gromacs, plumed, cwd, steps, plumedFile, signal } = options;
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
  const stepsBefore = await checkpointStep(gromacs, join(cwd, 'md.cpt'));
  if (stepsBefore >= steps) return { steps, stepsBefore, nanosecondsPerDay: undefined, logPath };
  const meter = new ProgressMeter(steps, stepsBefore, options.onProgress);
  const output = await runProgram({
    command: gromacs.executable,
    args: mdrunArguments(options, steps - stepsBefore, stepsBefore > 0),
    cwd,
    // No LD_LIBRARY_PATH: a GROMACS that brings its own C library must not meet another's.
    env: { PLUMED_KERNEL: plumed.kernel },
    logPath,
    append: stepsBefore > 0,
    omit: stepLine,
    onText: (text) => reportStep(text, meter),
    signal,
  });
  meter.report(steps);
  const speed = /^Performance:\s+([\d.]+)/m.exec(output);
  return { steps, stepsBefore, nanosecondsPerDay: speed ? Number(speed[1]) : undefined, logPath };
}

const stepLine = /^(step \d+, (remaining|will finish)|\s*\r?$)/;

function reportStep(text: string, meter: ProgressMeter): void {
  const last = [...text.matchAll(/^step (\d+)[, ]/gm)].at(-1);
  if (last) meter.report(Number(last[1]));
}
