import { open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { invalidArgument, readText, expectObject } from '../../support/index.js';
import type { PlumedRuntime } from './plumed-places.js';
import { runProgram } from '../run-program.js';
import { ProgressMeter, type RunProgress } from '../run-progress.js';

interface PlumedRunOptions {
  plumed: PlumedRuntime;
  /** Folder in which PLUMED runs and writes. */
  cwd: string;
  signal?: AbortSignal;
}

export interface DriverOptions extends PlumedRunOptions {
  plumedFile: string;
  /** A trajectory, told by its ending (`.xyz`, `.gro`, `.xtc`, `.trr`, `.dcd`, …); none for inputs without atoms. */
  trajectory?: string;
  /** ps between the frames of a trajectory that does not tell its times. */
  timestep?: number;
  /** Goes on in files that exist, at this step. */
  restartAt?: number;
  /** Further options of `plumed driver`. */
  extra?: readonly string[];
}

export interface PesmdOptions extends PlumedRunOptions {
  /** File that pesmd reads on its standard input. */
  input: string;
  /** A table that the run writes, for progress. */
  colvar?: string;
  onProgress?: (progress: RunProgress) => void;
}

const native: Record<string, string> = { xyz: '--ixyz', gro: '--igro', xtc: '--ixtc', trr: '--itrr' };

function trajectoryArguments(path: string | undefined): string[] {
  if (path === undefined) return ['--noatoms'];
  const ending = /\.(\w+)$/.exec(path)?.[1].toLowerCase() ?? '';
  return [native[ending] ?? `--mf_${ending}`, resolve(path)];
}

function runPlumed(
  tool: string,
  args: readonly string[],
  { plumed, cwd, signal }: PlumedRunOptions,
  more: { input?: string; omit?: RegExp } = {},
): Promise<string> {
  return runProgram({
    command: plumed.executable,
    args: ['--no-mpi', tool, ...args],
    cwd,
    env: plumed.env,
    logPath: join(cwd, `${tool}.log`),
    signal,
    ...more,
  });
}

/**
 * Runs `plumed driver` over a trajectory. Returns the end of what it printed; all of it is in `driver.log`.
 * @throws LatentcvError `tool-failed` with PLUMED's words, `missing-tool`, `interrupted`
 */
export function runDriver(options: DriverOptions): Promise<string> {
  expectObject(options, 'options');
  const { plumedFile, trajectory, timestep, restartAt, extra = [] } = options;
  const args = [
    ...['--plumed', resolve(plumedFile), ...trajectoryArguments(trajectory)],
    ...(timestep === undefined ? [] : ['--timestep', String(timestep)]),
    ...(restartAt === undefined ? [] : ['--restart', '--initial-step', String(restartAt)]),
    ...extra,
  ];
  return runPlumed('driver', args, options);
}

/** The time of the last whole line of a growing table, undefined before the first. */
export async function lastTime(path: string): Promise<number | undefined> {
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    const length = Math.min(size, 1 << 16);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer
      .toString('latin1')
      .split('\n')
      .slice(size > length ? 1 : 0, -1);
    const last = lines.findLast((line) => /^\s*[-\d.]/.test(line));
    return last === undefined ? undefined : Number(last.trim().split(/\s+/)[0]);
  } finally {
    await file.close();
  }
}

/** What pesmd and PLUMED say at each of its steps: it has no box, and that is all they say. */
const everyStep =
  /^(Doing step \d+|PLUMED: WARNING for action PBC with label Box : input requested but this quantity has not been set)\s*$/;

/** Steps and step length from a pesmd input. */
async function pesmdLength(input: string): Promise<{ steps: number; step: number }> {
  const text = await readText(input, "pesmd's input");
  const value = (key: string): number | undefined => {
    const match = new RegExp(`^\\s*${key}\\s+(\\S+)`, 'm').exec(text);
    return match ? Number(match[1]) : undefined;
  };
  const steps = value('nstep');
  if (steps === undefined) throw invalidArgument('a line "nstep …"', input, 'none');
  return { steps, step: value('tstep') ?? 0.005 };
}

function watch(colvar: string, step: number, meter: ProgressMeter): () => void {
  const timer = setInterval(() => {
    lastTime(colvar).then(
      (time) => time !== undefined && meter.report(Math.round(time / step)),
      () => undefined,
    );
  }, 500);
  return () => clearInterval(timer);
}

/**
 * Runs `plumed pesmd`, Langevin dynamics on a surface that the PLUMED input defines; progress comes from the growing
 * table. What it prints is in `pesmd.log`, but for the lines of each step.
 * @throws LatentcvError `tool-failed` with PLUMED's words, `missing-tool`, `interrupted`
 */
export async function runPesmd(options: PesmdOptions): Promise<string> {
  expectObject(options, 'options');
  const { steps, step } = await pesmdLength(options.input);
  const meter = new ProgressMeter(steps, 0, options.onProgress);
  const stop = options.colvar === undefined ? undefined : watch(options.colvar, step, meter);
  try {
    const output = await runPlumed('pesmd', [], options, { input: resolve(options.input), omit: everyStep });
    meter.report(steps);
    return output;
  } finally {
    stop?.();
  }
}
