import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { delimiter, dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { energyStatement } from '../../plumed/index.js';
import { temperatureOf, type MeasuredTemperature } from '../../sampling/index.js';
import { LatentcvError, invalidArgument, readProblem, writeWhole } from '../../support/index.js';
import type { LammpsInstall } from '../find-lammps.js';
import {
  cutDump,
  expectEnergyAlone,
  foundFile,
  isPlainText,
  keepNewest,
  planScript,
  putAside,
  removeBeyond,
  restartFilesIn,
  runFiles,
  writeRun,
  type Dump,
  type LammpsScript,
  type ScriptPlan,
  type WrittenRun,
} from '../lammps/index.js';
import type { PlumedRuntime } from '../plumed/index.js';
import { ProgressMeter } from '../run-progress.js';
import { runEngine } from '../run-program.js';
import type { Checkpoint } from '../checkpoint.js';
import { lammpsTemperature, lammpsTemperatureProblem } from './lammps-temperature.js';
import type { EngineEnd, EngineNotes, EngineRun, MdEngine, StartOptions } from './md-engine.js';

export interface LammpsEngineOptions {
  lammps: LammpsInstall;
  /** A script per replica; with `replicas`, one for all, in which, or in whose variables, `{replica}` stands. */
  scripts: readonly LammpsScript[];
  /** Independent copies of one script: `{replica}` is the number of each, from 0. */
  replicas?: number;
  /** Values of variables, as `-var` gives them. */
  variables?: Readonly<Record<string, string>>;
  /** Length of each replica in ps (natural units: in theirs), as the script says where left out. */
  picoseconds?: number;
  /** Words before `lmp` that start it on several processes: `mpirun -np 4`. */
  launcher?: readonly string[];
  /** Cores that a replica takes, for how many run at a time; 1 by default. */
  cores?: number;
  /** Further options of LAMMPS: `-sf omp -pk omp 4`. */
  further?: readonly string[];
  /** Whether PLUMED runs along: scripts have `fix plumed` then, and not else. True by default. */
  biased?: boolean;
}

/** LAMMPS, by the input script that one runs anyway: it goes on from restart files, which it writes by the clock. */
export function lammpsEngine(options: LammpsEngineOptions): MdEngine {
  const { biased = true } = options;
  let asksEnergy = false;
  return {
    name: 'lammps',
    cores: options.cores ?? 1,
    expectInput(input) {
      asksEnergy = input !== undefined && energyStatement(input) !== undefined;
      if (biased === (input !== undefined)) return;
      throw invalidArgument(biased ? 'a PLUMED input' : 'no PLUMED input', 'input', input ? 'one' : 'none');
    },
    runs: () =>
      Promise.all(replicasOf(options).map((replica) => lammpsRun(options, replica, () => asksEnergy))),
  };
}

interface Replica {
  script: LammpsScript;
  variables: Readonly<Record<string, string>>;
}

const numbered = (text: string, replica: number): string => text.replaceAll('{replica}', String(replica));

function replicasOf({ scripts, replicas, variables = {} }: LammpsEngineOptions): Replica[] {
  if (scripts.length === 0) throw invalidArgument('at least one', 'scripts', 'none');
  const copies = replicas ?? scripts.length;
  if (scripts.length > 1 && copies !== scripts.length)
    throw invalidArgument(
      'one script, or as many as replicas,',
      'scripts',
      `${scripts.length} and ${copies} replicas`,
    );
  const made = Array.from({ length: copies }, (_, i) => {
    const { text, path } = scripts[scripts.length === 1 ? 0 : i];
    const named = Object.entries(variables).map(([name, value]) => [name, numbered(value, i)] as const);
    return { script: { text: numbered(text, i), path }, variables: Object.fromEntries(named) };
  });
  const texts = made.map((replica) => JSON.stringify([replica.script.text, replica.variables]));
  if (new Set(texts).size === texts.length) return made;
  throw new LatentcvError(
    'bad-argument',
    'expected replicas that differ but two are one run, counted as two',
    'write {replica} where the seed is: velocity all create 300 1{replica}, or --variables seed=1{replica}',
  );
}

/** Of natural units, the temperature at which kT has that value. */
const inKelvin = ({ mean, error }: MeasuredTemperature, { units }: ScriptPlan): MeasuredTemperature =>
  units === 'lj'
    ? { mean: temperatureOf(mean), error: temperatureOf(mean) * (error / mean) }
    : { mean, error };

/** Natural units are told as the temperature at which kT has that value. */
function notesOf({ lammps }: LammpsEngineOptions, { units, temperature, seed }: ScriptPlan): EngineNotes {
  const engine = { name: 'lammps', version: lammps.version };
  const natural = units === 'lj';
  const kelvin = temperature !== undefined && natural ? temperatureOf(temperature) : temperature;
  return { engine, temperature: kelvin, seed, ...(natural ? { natural } : {}) };
}

async function lammpsRun(
  engine: LammpsEngineOptions,
  replica: Replica,
  asksEnergy: () => boolean,
): Promise<EngineRun> {
  const { script } = replica;
  const variables = withFiles(replica);
  const plan = await planScript(script, variables, engine.biased ?? true);
  const length = lengthOf(engine, plan);
  const { timestep, timeUnit } = plan;
  const steps =
    length === undefined || timestep === undefined ? plan.lastStep : stepsFor(plan, length, timestep);
  expectCountable(steps, script.path);
  const commands = plan.commands.map(({ text }) => text).join('\n');
  return {
    steps,
    timestep: timestep === undefined ? undefined : timestep * timeUnit,
    inputs: [
      'lammps',
      commands,
      JSON.stringify(replica.variables),
      ...(engine.further ?? []),
      ...(await Promise.all(plan.files.map(digestOf))),
    ],
    notes: notesOf(engine, plan),
    canExtend: true,
    ownFiles: /^(latentcv\.\d+\.restart|run\.(lammps|length\.json|progress|stop)|lammps\.log|log\.lammps)$/,
    checkpointFiles: /^latentcv\.\d+\.restart$/,
    askToStop: (folder) => writeWhole(join(folder, runFiles.stop), 'LAMMPS is asked to stop\n'),
    checkpoints: soundCheckpoints,
    start: (options) =>
      startLammps(engine, { ...replica, variables, plan, length, asksEnergy: asksEnergy() }, options),
  };
}

function lengthOf({ picoseconds }: LammpsEngineOptions, { timeUnit }: ScriptPlan): number | undefined {
  if (picoseconds === undefined) return undefined;
  if (!(picoseconds > 0 && Number.isFinite(picoseconds)))
    throw invalidArgument('a positive length in ps', 'picoseconds', picoseconds);
  return picoseconds / timeUnit;
}

/** The last step of a run of this length: what runs before it counts. */
function stepsFor(
  { lastStep, commands, run }: ScriptPlan,
  length: number,
  timestep: number,
): number | undefined {
  const own = Number(commands[run].words[1].value ?? NaN);
  const before = lastStep === undefined ? NaN : Math.max(0, lastStep - own);
  return Number.isFinite(before) ? before + Math.max(1, Math.round(length / timestep)) : undefined;
}

/** @throws LatentcvError `bad-argument` */
function expectCountable(steps: number | undefined, path: string): void {
  if (steps === undefined || steps < 2 ** 31) return;
  throw new LatentcvError(
    'bad-argument',
    `${path}: expected at most 2147483647 steps, as many as fix plumed counts, but found ${steps}`,
    'go on in another folder from its last restart file, with reset_timestep 0',
  );
}

/** Files that variables name, by their whole path: LAMMPS runs in another folder. */
function withFiles({ script, variables }: Replica): Record<string, string> {
  const folder = dirname(script.path);
  const named = Object.entries(variables).map(([name, value]) => {
    const file = /[./]/.test(value) && Number.isNaN(Number(value)) ? foundFile(value, folder) : undefined;
    return [name, file ?? value];
  });
  return Object.fromEntries(named) as Record<string, string>;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    throw readProblem(path, error, 'a file that the LAMMPS script reads');
  }
  return hash.digest('hex');
}

/**
 * The restart files that are whole. One that is not, alone, was the run's first: LAMMPS was killed while it wrote it, and
 * nothing is lost that could be gone on with.
 */
async function soundCheckpoints(folder: string): Promise<Checkpoint[]> {
  const { whole, damaged } = await restartFilesIn(folder);
  if (whole.length > 0 || damaged.length <= 1) return whole;
  // the newest two that are whole are kept: where all are empty there never was one, as on a disk that was full from the start
  if (damaged.every(({ path }) => statSync(path).size === 0)) return [];
  throw new LatentcvError(
    'tool-failed',
    `expected a whole restart file of LAMMPS in ${folder} but ${damaged.map(({ path }) => path).join(' and ')} are cut off`,
    '--from-zero starts over',
  );
}

/** What is known of a replica before it starts. */
interface Known extends Replica {
  plan: ScriptPlan;
  length: number | undefined;
  asksEnergy: boolean;
}

async function startLammps(
  engine: LammpsEngineOptions,
  known: Known,
  options: StartOptions,
): Promise<EngineEnd> {
  const { cwd, from } = options;
  if (known.asksEnergy) expectEnergyAlone(known.plan);
  const written = writeRun(known.plan, {
    ...(from ? { from: await beginningOf(cwd, from) } : {}),
    ...(known.length === undefined ? {} : { length: known.length }),
    checkpointMinutes: options.checkpointMinutes,
    path: known.script.path,
    asksEnergy: known.asksEnergy,
    ...(options.plumedFile === undefined ? {} : { plumedFile: relative(cwd, options.plumedFile) }),
  });
  await makeReady(known.plan, written, options);
  await writeWhole(join(cwd, runFiles.script), written.text);
  return await runLammps(engine, known, options);
}

/** Where the run that goes on began, and where it was to end. */
async function beginningOf(
  folder: string,
  { step, path }: Checkpoint,
): Promise<{ step: number; file: string; first: number; end: number }> {
  const length = await writtenLength(folder);
  if (length) return { step, file: relative(folder, path), ...length };
  throw new LatentcvError(
    'tool-failed',
    `expected the run's length in ${join(folder, runFiles.length)} but found none`,
    '--from-zero starts over',
  );
}

async function writtenLength(folder: string): Promise<{ first: number; end: number } | undefined> {
  try {
    const { first, end } = JSON.parse(await readFile(join(folder, runFiles.length), 'utf8')) as Record<
      string,
      unknown
    >;
    return typeof first === 'number' && typeof end === 'number' ? { first, end } : undefined;
  } catch {
    return undefined;
  }
}

/** Brings the folder to where the run begins or goes on. */
async function makeReady(plan: ScriptPlan, written: WrittenRun, options: StartOptions): Promise<void> {
  const { cwd, from, onNote } = options;
  for (const name of [runFiles.stop, runFiles.progress]) await rm(join(cwd, name), { force: true });
  const { damaged } = await restartFilesIn(cwd);
  for (const { path } of damaged) if (from) onNote?.(`${path} is cut off: passed over, and removed`);
  await removeBeyond(cwd, from?.step);
  for (const note of written.notes) onNote?.(note);
  if (!from) {
    await rm(join(cwd, runFiles.length), { force: true });
    return;
  }
  const uncut: Dump[] = [];
  for (const dump of plan.dumps.filter((candidate) => !written.aside.includes(candidate)))
    if (isPlainText(dump) && dump.file?.includes('*') === false && !(await cutDump(cwd, dump, from.step)))
      uncut.push(dump);
  const aside = [...[...written.aside, ...uncut].map(({ file }) => file), ...written.overwritten];
  for (const file of aside) {
    if (file === undefined) {
      onNote?.('a dump whose name holds a variable that latentcv does not know: LAMMPS writes over it');
      continue;
    }
    const name = await putAside(cwd, file, from.step);
    if (name !== undefined)
      onNote?.(
        `${file} cannot be gone on with: it is kept as ${name}, and what is in it from step ${from.step} on comes again`,
      );
  }
}

/** What LAMMPS's environment must be for `fix plumed` and for the potentials that it ships. */
function environment(
  { plumedPlugin, potentials }: LammpsInstall,
  { env, kernel }: PlumedRuntime,
): Record<string, string> {
  const plugins = [process.env.LAMMPS_PLUGIN_PATH, plumedPlugin && dirname(plumedPlugin)].filter(Boolean);
  const shipped = process.env.LAMMPS_POTENTIALS ?? potentials;
  return {
    ...env,
    PLUMED_KERNEL: kernel,
    ...(shipped !== undefined && { LAMMPS_POTENTIALS: shipped }),
    ...(plugins.length > 0 ? { LAMMPS_PLUGIN_PATH: plugins.join(delimiter) } : {}),
    // LAMMPS warns where it is not set, and takes one
    OMP_NUM_THREADS: process.env.OMP_NUM_THREADS ?? '1',
  };
}

/** The command line of LAMMPS, the launcher first where there is one. */
export function lammpsCommand(
  { lammps, launcher = [], further = [] }: Pick<LammpsEngineOptions, 'lammps' | 'launcher' | 'further'>,
  variables: Readonly<Record<string, string>>,
  resumes: boolean,
): { command: string; args: string[] } {
  const [command, ...words] = [...launcher, lammps.executable];
  const given = Object.entries(variables).flatMap(([name, value]) => ['-var', name, value]);
  // the script opens log.lammps itself where it is added to
  const log = ['-log', resumes ? 'none' : 'log.lammps'];
  return { command, args: [...words, '-in', runFiles.script, ...log, ...given, ...further] };
}

/** ms between two looks at the progress. */
const betweenLooks = 2000;
/** ms from asking LAMMPS to stop to ending it. */
const patience = 600_000;

async function runLammps(
  engine: LammpsEngineOptions,
  { plan, variables, script }: Known,
  options: StartOptions,
): Promise<EngineEnd> {
  const { cwd, from, plumed, signal, onProcess } = options;
  const { lammps } = engine;
  if (plan.plumed !== undefined && !lammps.plumed && lammps.plumedPlugin === undefined)
    throw new LatentcvError(
      'missing-tool',
      `expected a LAMMPS with fix plumed but ${lammps.executable} has none`,
      'latentcv setup lammps fetches one',
    );
  const killed = new AbortController();
  let late: NodeJS.Timeout | undefined;
  const stop = (): void => {
    late = setTimeout(() => killed.abort(), patience);
    void writeWhole(join(cwd, runFiles.stop), 'LAMMPS is asked to stop\n').catch(() => killed.abort());
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  const watch = watched(options);
  try {
    const printed = await runEngine({
      ...lammpsCommand(engine, variables, from !== undefined),
      cwd,
      env: environment(lammps, plumed),
      logPath: join(cwd, runFiles.log),
      append: from !== undefined,
      onProcess,
      signal: killed.signal,
    });
    return await endOf(options, { printed, plan, path: script.path });
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', stop);
    clearInterval(watch);
    await rm(join(cwd, runFiles.stop), { force: true });
  }
}

/** Tells how far the run is, and keeps the newest of its restart files. */
function watched({ cwd, from, onProgress }: StartOptions): NodeJS.Timeout {
  const began = performance.now();
  let meter: ProgressMeter | undefined;
  const look = async (): Promise<void> => {
    const lines = await readFile(join(cwd, runFiles.progress), 'utf8');
    const step = Number(lines.trimEnd().split('\n').at(-1) || NaN);
    const length = meter ? undefined : await writtenLength(cwd);
    if (length) meter = new ProgressMeter(length.end, from?.step ?? length.first, onProgress, began);
    if (Number.isInteger(step)) meter?.report(step);
    await keepNewest(cwd);
  };
  return setInterval(() => void look().catch(() => undefined), betweenLooks);
}

/** @throws LatentcvError `interrupted` where it stopped on request */
async function endOf(
  { cwd, signal, onProgress, onNote }: StartOptions,
  { printed, plan, path }: { printed: string; plan: ScriptPlan; path: string },
): Promise<EngineEnd> {
  const [last] = (await restartFilesIn(cwd)).whole;
  const length = await writtenLength(cwd);
  if (length === undefined || (last === undefined && !signal.aborted))
    throw new LatentcvError(
      'tool-failed',
      `expected LAMMPS to come to the run of ${path} but it ended before it`,
      `all it printed is in ${join(cwd, runFiles.log)}`,
    );
  const step = last?.step ?? length.first;
  await keepNewest(cwd);
  if (signal.aborted && step < length.end)
    throw new LatentcvError('interrupted', `LAMMPS in ${cwd} was stopped on request`);
  if (step >= length.end) onProgress({ step, steps: length.end, elapsed: 0, remaining: 0 });
  const speed = [...printed.matchAll(/^Performance:\s+([\d.]+) ns\/day/gm)].at(-1);
  const ended = { step, ...(speed ? { nanosecondsPerDay: Number(speed[1]) } : {}) };
  if (step < length.end) return ended;
  const found = await lammpsTemperature(cwd, plan, length);
  const problem = lammpsTemperatureProblem(found, plan);
  if (problem !== undefined) onNote?.(problem);
  return found ? { ...ended, kineticTemperature: inKelvin(found, plan) } : ended;
}
