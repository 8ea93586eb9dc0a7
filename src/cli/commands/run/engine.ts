import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { MdEngine } from '../../../programs/index.js';
import { LatentcvError, readProblem, readText } from '../../../support/index.js';
import type { RunSettings } from './settings.js';

type Programs = typeof import('../../../programs/index.js');

/** The engine that the options ask for. */
export async function engineFrom(options: RunSettings, further: readonly string[]): Promise<MdEngine> {
  const programs = await import('../../../programs/index.js');
  const kind = kindOf(options);
  expectTaken(kind, options);
  switch (kind) {
    case 'gromacs':
      return await gromacs(programs, options, further);
    case 'lammps':
      return await lammps(programs, options, further);
    case 'pesmd':
      expectNone(further, 'pesmd');
      return programs.pesmdEngine({
        input: await readText(needed(options.pesmd, '--pesmd', 'pesmd'), "pesmd's input"),
        seeds: options.seeds ?? [1],
        ...(options.length !== undefined && { picoseconds: options.length }),
      });
    case 'command':
      expectNone(further, 'a command, which says its options itself,');
      return command(programs, options);
  }
}

/** What an engine alone takes says which it is. */
export function kindOf({ engine, tpr, lammps, pesmd, command }: RunSettings): RunSettings['engine'] {
  const given = Object.entries({ gromacs: tpr, lammps, pesmd, command }).flatMap(([name, value]) =>
    value === undefined ? [] : [name as RunSettings['engine']],
  );
  const others = given.filter((name) => name !== engine);
  if (others.length === 0) return engine;
  // gromacs stands there where nothing is said
  if (given.length === 1 && engine === 'gromacs') return given[0];
  throw new LatentcvError(
    'bad-argument',
    `expected the input of one engine but received those of ${[...new Set([engine, ...others])].join(' and ')}`,
  );
}

/** Options that some engines take and others would not heed. */
const takenBy: Partial<Record<keyof RunSettings, readonly RunSettings['engine'][]>> = {
  seeds: ['pesmd'],
  variables: ['lammps'],
  gpu: ['gromacs'],
  trustEnergy: ['gromacs'],
  launcher: ['gromacs', 'lammps'],
  restartCommand: ['command'],
  restartTime: ['command'],
  timestep: ['command'],
};

/** Where the seeds of those engines are that have them in their input. */
const seedsIn: Partial<Record<RunSettings['engine'], string>> = {
  gromacs:
    'the random numbers of a GROMACS run are in its TPR (ld-seed, gen-seed): gmx grompp makes another one, since ld-seed = -1 draws anew, and --tpr run-{replica}.tpr names several',
  lammps:
    'write {replica} where the seed is in the script: velocity all create 300 1{replica}, or --variables seed=1{replica}',
};

/**
 * @throws LatentcvError `bad-argument` for an option that would be without effect
 */
function expectTaken(kind: RunSettings['engine'], options: RunSettings): void {
  const [name, engines] =
    Object.entries(takenBy).find(
      ([option, takers]) => options[option as keyof RunSettings] !== undefined && !takers.includes(kind),
    ) ?? [];
  if (name === undefined) return;
  throw new LatentcvError(
    'bad-argument',
    `expected ${kind} without ‘${name}’, which is of ${engines!.join(' and ')}`,
    name === 'seeds' ? seedsIn[kind] : undefined,
  );
}

const replicasOf = ({ replicas, walkers }: RunSettings): number | undefined => walkers ?? replicas;

const words = (text: string | undefined): string[] | undefined => text?.trim().split(/\s+/);

async function gromacs(
  { findGromacs, gromacsEngine }: Programs,
  options: RunSettings,
  further: readonly string[],
): Promise<MdEngine> {
  const { length, threads, gpu, launcher, trustEnergy = false } = options;
  const { expandFiles } = await import('../../frames/index.js');
  const names = eachReplica(needed(options.tpr, '--tpr', 'gromacs'), replicasOf(options));
  return gromacsEngine({
    gromacs: await findGromacs(),
    tprs: await Promise.all((await expandFiles(names)).map(expectTpr)),
    ...{ trustEnergy, picoseconds: length, threads },
    launcher: words(launcher),
    further: [...(gpu === undefined ? [] : ['-gpu_id', gpu]), ...further],
  });
}

/** `{replica}` in a name stands for 0, 1, … of the replicas that are asked for. */
function eachReplica(names: readonly string[], replicas = 1): string[] {
  const all = names.flatMap((name) =>
    name.includes('{replica}')
      ? Array.from({ length: replicas }, (_, i) => name.replaceAll('{replica}', String(i)))
      : [name],
  );
  if (replicas === 1 || all.length === replicas) return all;
  throw new LatentcvError(
    'bad-argument',
    `expected ${replicas} run inputs but received ${all.length}`,
    'name them by {replica}: --tpr run-{replica}.tpr; their seeds are in them, so one cannot stand for several',
  );
}

async function lammps(
  { findLammps, lammpsEngine }: Programs,
  options: RunSettings,
  further: readonly string[],
): Promise<MdEngine> {
  const { length, launcher, variables = [], plumed, threads } = options;
  const paths = needed(options.lammps, '--lammps', 'lammps');
  const scripts = await Promise.all(
    paths.map(async (path) => ({ path: resolve(path), text: await readText(path, "LAMMPS's input script") })),
  );
  return lammpsEngine({
    lammps: await findLammps(),
    scripts,
    replicas: replicasOf(options),
    variables: Object.fromEntries(variables.map(assignment)),
    picoseconds: length,
    launcher: words(launcher),
    cores: threads,
    further,
    biased: plumed !== undefined,
  });
}

function assignment(text: string): [string, string] {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(text.trim()) ?? [];
  if (name !== undefined) return [name, value];
  throw new LatentcvError(
    'bad-argument',
    `expected a variable and its value for --variables but received ${text}`,
    '--variables seed=12,T=300',
  );
}

function command({ commandEngine }: Programs, options: RunSettings): MdEngine {
  const { restartCommand, restartTime, timestep, length, threads } = options;
  return commandEngine({
    command: needed(options.command, '--command', 'command'),
    ...{ restartCommand, restartTime, timestep, picoseconds: length },
    replicas: replicasOf(options),
    cores: threads,
  });
}

/**
 * @throws LatentcvError `file-not-found` where there is none: `gmx dump` would only say that it cannot read it
 */
async function expectTpr(path: string): Promise<string> {
  await access(path, constants.R_OK).catch((error: unknown) => {
    const problem = readProblem(path, error, "GROMACS's run input");
    if (!(problem instanceof LatentcvError) || problem.code !== 'file-not-found') throw problem;
    const hint = `gmx grompp writes it: gmx grompp -f md.mdp -c conf.gro -p topol.top -o ${path}`;
    throw new LatentcvError(problem.code, problem.message, hint);
  });
  return resolve(path);
}

function expectNone(further: readonly string[], engine: string): void {
  if (further.length === 0) return;
  throw new LatentcvError(
    'bad-argument',
    `expected nothing behind -- for ${engine} but received ${further.join(' ')}`,
  );
}

function needed<T>(value: T | undefined, option: string, engine: string): T {
  if (value !== undefined) return value;
  throw new LatentcvError(
    'bad-argument',
    `expected ${option} with --engine ${engine} but found none`,
    'latentcv run --help',
  );
}
