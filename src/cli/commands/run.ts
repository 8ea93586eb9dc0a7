import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import type { BiasedRunOptions } from '../../campaign/index.js';
import type { MdEngine, RunProgress } from '../../programs/index.js';
import {
  LatentcvError,
  expectOutputFolder,
  readProblem,
  readText,
  setting,
  fixed,
} from '../../support/index.js';
import { exitCodesHelp } from '../exit-codes.js';
import { addSettings, fileSetting, jsonSettings, type Given } from '../options/index.js';
import type { Progress } from '../progress.js';
import { terminalFor, type Terminal } from '../terminal.js';

const help = `
Example:
  latentcv run --tpr topol.tpr --plumed biased.dat --folder run --length 5ns
  latentcv run --tpr a.tpr b.tpr --plumed biased.dat --folder replicas
  latentcv run --engine pesmd --pesmd pesmd.in --plumed biased.dat --folder run

Files that the PLUMED input reads by a relative name (MOLINFO's structure, …), beside it or in the
current folder, are copied into the run's folder, those behind .. under a name of their own, which
is printed. A folder that holds another plumed.dat is refused.

A run that was stopped or killed goes on from its last checkpoint when the same command is given
again: what PLUMED wrote is cut back to it. Ctrl-C, SIGTERM, SIGHUP and SIGUSR1 stop it at a checkpoint.
What stands behind -- goes to the engine as it is: latentcv run … -- -pin on -nb gpu
`;

const settings = {
  engine: setting(z.enum(['gromacs', 'pesmd']).default('gromacs'), {
    flag: 'engine',
    value: 'engine',
    description: 'the program that moves the atoms',
  }),
  tpr: setting(z.array(z.string()).optional(), {
    flag: 'tpr',
    value: 'files',
    several: true,
    description: "GROMACS's run input, one for each replica",
  }),
  pesmd: fileSetting('pesmd', "pesmd's input"),
  seeds: setting(z.array(z.number().int().min(1)).default([1]), {
    flag: 'seeds',
    value: 'numbers',
    example: '1,2',
    description: 'pesmd: a seed for each replica',
  }),
  plumed: fileSetting(
    'plumed',
    'the PLUMED input, such as latentcv plumed writes; GROMACS runs plainly without one',
  ),
  folder: setting(z.string(), {
    flag: 'folder',
    value: 'folder',
    description: 'where the run is to write; made if missing',
  }),
  length: setting(z.number().positive().optional(), {
    flag: 'length',
    value: 'time',
    unit: 'ps',
    example: '5ns',
    description: 'how long',
    otherwise: 'as the run input says',
  }),
  threads: setting(z.number().int().min(1).default(1), {
    flag: 'threads',
    value: 'count',
    description: 'threads of each GROMACS',
  }),
  replicas: setting(z.number().int().min(1).optional(), {
    flag: 'replicas',
    value: 'count',
    description: 'how many {replica} in --tpr and in the PLUMED input stands for: 0, 1, …',
    otherwise: '1',
  }),
  gpu: setting(z.string().optional(), {
    flag: 'gpu',
    value: 'ids',
    description: "GROMACS: the GPUs to use, by their numbers (mdrun's -gpu_id)",
  }),
  launcher: setting(z.string().optional(), {
    flag: 'launcher',
    value: 'words',
    description: "what starts a program built with MPI: 'mpirun -np 4', 'srun'",
  }),
  fromZero: setting(z.boolean().optional(), {
    flag: 'from-zero',
    description: 'start over where there is a checkpoint; what is there is set aside',
  }),
  checkpointMinutes: setting(z.number().positive().default(15), {
    flag: 'checkpoint-minutes',
    value: 'minutes',
    description: 'from one checkpoint to the next',
  }),
  maxHours: setting(z.number().positive().optional(), {
    flag: 'max-hours',
    value: 'hours',
    description: 'stop at a checkpoint after this time, before a batch system ends the job',
  }),
  parallel: setting(z.number().int().min(1).optional(), {
    flag: 'parallel',
    value: 'count',
    description: 'replicas at a time',
    otherwise: 'as many as there are cores',
  }),
  trustEnergy: setting(z.boolean().optional(), {
    flag: 'trust-energy',
    description: 'run an input with ENERGY in a GROMACS of 2024 to 2026: one with a patch that mends it',
  }),
  ...jsonSettings('what came out, for scripts'),
};
type RunCommandOptions = Given<typeof settings>;

/** `latentcv run`: a simulation, watched. */
export function runCommand(): Command {
  return addSettings(
    new Command('run').argument('[further...]', 'options of the engine, behind --'),
    settings,
  )
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (further: string[], options: RunCommandOptions, command: Command) => {
      await runSimulation(options, further, terminalFor(command));
    });
}

/** Runs the engine, each replica in its folder, and tells where the frames are. */
async function runSimulation(
  options: RunCommandOptions,
  further: readonly string[],
  terminal: Terminal,
): Promise<void> {
  const { biasedRun } = await import('../../campaign/index.js');
  const { findPlumed } = await import('../../programs/index.js');
  await expectOutputFolder(options.folder);
  const engine = await engineFrom(options, further);
  const plumed = await findPlumed();
  if (plumed.note !== undefined) terminal.note(`note: ${plumed.note}`);
  let bar: Progress | undefined;
  const onProgress = ({ step, steps, remaining }: RunProgress): void => {
    bar ??= terminal.progress(options.engine, steps);
    bar.update(step, undefined, remaining);
  };
  try {
    const { parallel, fromZero, checkpointMinutes, maxHours } = options;
    const folder = resolve(options.folder);
    const { signal } = terminal;
    const limits = parallel === undefined ? {} : { parallel };
    const { folders, nanosecondsPerDay } = await biasedRun({
      ...{ engine, plumed, folder, onProgress, signal, fromZero, checkpointMinutes, maxHours },
      ...(await inputOf(options)),
      onNote: (line) => terminal.note(`note: ${line}`),
      ...limits,
    });
    terminal.json({ folders, nanosecondsPerDay: nanosecondsPerDay.map((speed) => speed ?? null) });
    folders.forEach((path, i) => terminal.print(`${path}${speedInWords(nanosecondsPerDay[i])}`));
  } finally {
    bar?.stop();
  }
}

async function inputOf({ plumed }: RunCommandOptions): Promise<Partial<BiasedRunOptions>> {
  if (plumed === undefined) return {};
  const { readPlumedText } = await import('../../plumed/index.js');
  return { input: readPlumedText(plumed), inputPath: plumed, inputFolder: dirname(resolve(plumed)) };
}

async function engineFrom(options: RunCommandOptions, further: readonly string[]): Promise<MdEngine> {
  const { findGromacs, gromacsEngine, pesmdEngine } = await import('../../programs/index.js');
  const { tpr, pesmd, seeds, length, threads, gpu, trustEnergy = false } = options;
  if (options.engine === 'pesmd') {
    if (pesmd === undefined) throw lacks('--pesmd', 'pesmd');
    if (further.length > 0) throw noFurther(further, 'pesmd');
    return pesmdEngine({ input: await readText(pesmd, "pesmd's input"), seeds });
  }
  if (tpr === undefined) throw lacks('--tpr', 'gromacs');
  const { expandFiles } = await import('../frames/index.js');
  const tprs = await Promise.all((await expandFiles(replicaNames(tpr, options))).map(expectTpr));
  return gromacsEngine({
    gromacs: await findGromacs(),
    tprs,
    trustEnergy,
    picoseconds: length,
    threads,
    launcher: options.launcher?.split(/\s+/),
    further: [...(gpu === undefined ? [] : ['-gpu_id', gpu]), ...further],
  });
}

/** `{replica}` in a name stands for 0, 1, … of the replicas that are asked for. */
function replicaNames(names: readonly string[], { replicas = 1 }: RunCommandOptions): string[] {
  const all = names.flatMap((name) =>
    name.includes('{replica}')
      ? Array.from({ length: replicas }, (_, i) => name.replaceAll('{replica}', String(i)))
      : [name],
  );
  if (replicas === 1 || all.length === replicas) return all;
  throw new LatentcvError(
    'bad-argument',
    `expected ${replicas} run inputs for --replicas ${replicas} but received ${all.length}`,
    'name them by {replica}: --tpr run-{replica}.tpr; their seeds are in them, so one cannot stand for several',
  );
}

function noFurther(further: readonly string[], engine: string): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected nothing behind -- for ${engine} but received ${further.join(' ')}`,
  );
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

function lacks(option: string, engine: string): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected ${option} with --engine ${engine} but found none`,
    'latentcv run --help',
  );
}

function speedInWords(nanosecondsPerDay: number | undefined): string {
  return nanosecondsPerDay === undefined ? '' : ` (${fixed(nanosecondsPerDay, 0)} ns/day)`;
}
