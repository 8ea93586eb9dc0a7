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
is printed. A folder that holds another plumed.dat is refused. A run that was stopped goes on where
it was when the same command is given again.
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
  return addSettings(new Command('run'), settings)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (options: RunCommandOptions, command: Command) => {
      await runSimulation(options, terminalFor(command));
    });
}

/** Runs the engine, each replica in its folder, and tells where the frames are. */
async function runSimulation(options: RunCommandOptions, terminal: Terminal): Promise<void> {
  const { biasedRun } = await import('../../campaign/index.js');
  const { findPlumed } = await import('../../programs/index.js');
  await expectOutputFolder(options.folder);
  const engine = await engineFrom(options);
  const plumed = await findPlumed();
  if (plumed.note !== undefined) terminal.note(`note: ${plumed.note}`);
  let bar: Progress | undefined;
  const onProgress = ({ step, steps }: RunProgress): void => {
    bar ??= terminal.progress(options.engine, steps);
    bar.update(step);
  };
  try {
    const { parallel } = options;
    const folder = resolve(options.folder);
    const { signal } = terminal;
    const limits = parallel === undefined ? {} : { parallel };
    const { folders, nanosecondsPerDay } = await biasedRun({
      ...{ engine, plumed, folder, onProgress, signal },
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

async function engineFrom(options: RunCommandOptions): Promise<MdEngine> {
  const { findGromacs } = await import('../../programs/index.js');
  const { tpr, pesmd, seeds, length, threads, trustEnergy = false } = options;
  if (options.engine === 'pesmd') {
    if (pesmd === undefined) throw lacks('--pesmd', 'pesmd');
    return { kind: 'pesmd', input: await readText(pesmd, "pesmd's input"), seeds };
  }
  if (tpr === undefined) throw lacks('--tpr', 'gromacs');
  const { expandFiles } = await import('../frames/index.js');
  const tprs = await Promise.all((await expandFiles(tpr)).map(expectTpr));
  return {
    kind: 'gromacs',
    gromacs: await findGromacs(),
    tprs,
    trustEnergy,
    picoseconds: length,
    threads,
  };
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
