import { existsSync, readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { temperatureOf, type RunNotes } from '../sampling/index.js';
import { invalidArgument, readProblem, writeWhole } from '../support/index.js';
import { canRestart } from '../plumed/index.js';
import { readRunInput, runMdrun, type GromacsInstall, type RunInput } from './gromacs/index.js';
import { runPesmd, type PlumedRuntime } from './plumed/index.js';
import type { RunProgress } from './run-progress.js';

export interface GromacsEngine {
  kind: 'gromacs';
  gromacs: GromacsInstall;
  /** One run input per replica; the seeds are in there, so replicas must not share one. */
  tprs: readonly string[];
  /** Length of each replica in ps, as the run input says where left out; more than before extends a run. */
  picoseconds?: number;
  /** OpenMP threads of each replica; 1 by default. */
  threads?: number;
  /** Runs an input with ENERGY in a GROMACS of a version that leaves it 0: one with a patch that mends that. */
  trustEnergy?: boolean;
  /** Further options of mdrun. */
  extra?: readonly string[];
}

export interface PesmdEngine {
  kind: 'pesmd';
  /** Text of the pesmd input; its `idum` and `plumed` lines are replaced, and `nstep` where `steps` is given. */
  input: string;
  steps?: number;
  /** One seed per replica. */
  seeds: readonly number[];
  /** Name of a table that the PLUMED input writes, for progress. */
  colvar?: string;
}

/** A program that runs MD along a bias, and its runs, a replica each. */
export type MdEngine = GromacsEngine | PesmdEngine;

/** What a replica is started with. */
export interface StartOptions {
  plumed: PlumedRuntime;
  cwd: string;
  /** Left out for a plain run, which GROMACS alone has. */
  plumedFile?: string;
  onProgress: (progress: RunProgress) => void;
  /** Told, in a line, what was done that nobody asked for. */
  onNote?: (line: string) => void;
  signal: AbortSignal;
}

/** Of a run, for its notes: natural units are the engine's, whatever the PLUMED input says. */
export type EngineNotes = Pick<RunNotes, 'engine' | 'temperature' | 'seed'> & { natural?: boolean };

/** One replica of an engine. */
export interface EngineRun {
  steps: number;
  /** What besides the PLUMED input decides what it computes. */
  inputs: string[];
  /** What it does beside what the PLUMED input says. */
  notes: EngineNotes;
  /** Whether a finished run may be asked to go on. */
  canExtend: boolean;
  /** Runs to the end; returns ns/day where told. */
  start(options: StartOptions): Promise<number | undefined>;
}

async function gromacsRun(engine: GromacsEngine, tpr: string): Promise<EngineRun> {
  const { gromacs, threads, extra } = engine;
  const input = await readRunInput(gromacs, tpr);
  const steps = gromacsSteps(engine, tpr, input);
  const start = async (options: StartOptions): Promise<number | undefined> => {
    await startOverWithoutBias(options);
    return (await runMdrun({ ...options, gromacs, tpr, steps, threads, extra })).nanosecondsPerDay;
  };
  const { temperature, seed } = input;
  const notes = { engine: { name: 'gromacs', version: gromacs.version }, temperature, seed };
  const inputs = ['gromacs', contentOf(tpr), ...decisive(extra)];
  return { steps, inputs, canExtend: true, notes, start };
}

/** Options of mdrun that say where and how fast it computes, or what it prints, and what they take. */
const ofSpeed =
  /^-(nb|pme|pmefft|bonded|update|gpu_id|gputasks|nt|ntmpi|ntomp|npme|ntomp_pme|pin\w*|ddorder|dd|rdd|rcon|dlb|dds|nstlist|v|stepout|cpt|maxh|tunepme|notunepme)$/;

/** Those of mdrun's further options that decide what it computes. */
function decisive(extra: readonly string[] = []): string[] {
  let counts = false;
  return extra.filter((word) => {
    if (/^-[a-z]/i.test(word)) counts = !ofSpeed.test(word);
    return counts;
  });
}

/** A run that stopped before its first kernel has nothing for PLUMED to restart from, so it starts over. */
async function startOverWithoutBias({ cwd, plumedFile, onNote }: StartOptions): Promise<void> {
  const [checkpoint, aside] = ['md.cpt', 'md-unused.cpt'].map((name) => join(cwd, name));
  if (plumedFile === undefined || !existsSync(checkpoint) || (await canRestart(plumedFile, cwd))) return;
  await rename(checkpoint, aside);
  onNote?.(
    `${cwd}: PLUMED has nothing to go on from, so the run starts over; its checkpoint is kept as ${aside}`,
  );
}

function gromacsSteps({ picoseconds }: GromacsEngine, tpr: string, { steps, timestep }: RunInput): number {
  if (picoseconds === undefined && steps > 0) return steps;
  if (picoseconds !== undefined && picoseconds > 0) return Math.max(1, Math.round(picoseconds / timestep));
  throw invalidArgument(
    'a positive length in ps',
    'picoseconds',
    picoseconds ?? `none, for a ${tpr} without end`,
  );
}

function contentOf(tpr: string): string {
  try {
    return readFileSync(tpr, 'base64');
  } catch (error) {
    throw readProblem(tpr, error, "GROMACS's run input");
  }
}

function pesmdRun(engine: PesmdEngine, seed: number): EngineRun {
  const replaced = engine.steps === undefined ? /^\s*(idum|plumed)\s/ : /^\s*(idum|plumed|nstep)\s/;
  const kept = engine.input.split('\n').filter((line) => line.trim() !== '' && !replaced.test(line));
  const length = engine.steps === undefined ? [] : [`nstep ${engine.steps}`];
  const text = [...kept, ...length, `idum ${seed}`, 'plumed plumed.dat', ''].join('\n');
  const start = async (options: StartOptions): Promise<undefined> => {
    const input = join(options.cwd, 'pesmd.in');
    await writeWhole(input, text);
    const colvar = engine.colvar === undefined ? {} : { colvar: join(options.cwd, engine.colvar) };
    await runPesmd({ ...options, input, ...colvar });
  };
  const steps = Number(/^\s*nstep\s+(\S+)/m.exec(text)?.[1] ?? 0);
  return { steps, inputs: ['pesmd', text], canExtend: false, notes: pesmdNotes(text, seed), start };
}

/** pesmd's temperature is kT. */
function pesmdNotes(input: string, seed: number): EngineNotes {
  const kT = Number(/^\s*temperature\s+(\S+)/m.exec(input)?.[1] ?? NaN);
  return {
    engine: { name: 'pesmd' },
    temperature: kT > 0 ? temperatureOf(kT) : undefined,
    seed,
    natural: true,
  };
}

type Made = EngineRun | Promise<EngineRun>;

function each<T>(name: string, values: readonly T[], run: (value: T) => Made): Promise<EngineRun[]> {
  if (values.length === 0) throw invalidArgument('at least one', name, 'none');
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  // The same seed twice is one run twice, counted as two.
  if (twice !== undefined) throw invalidArgument('a different one for each replica', name, twice);
  return Promise.all(values.map(async (value) => run(value)));
}

/**
 * The replicas of an engine.
 * @throws LatentcvError `bad-argument` for none or two alike, `file-not-found`, `other-kind`, `missing-tool`
 */
export async function engineRuns(engine: MdEngine): Promise<EngineRun[]> {
  switch (engine.kind) {
    case 'gromacs':
      return await each('tprs', engine.tprs, (tpr) => gromacsRun(engine, tpr));
    case 'pesmd':
      return await each('seeds', engine.seeds, (seed) => pesmdRun(engine, seed));
  }
}
