import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { biasedRun, type BiasedRunOptions, type Engine } from '../campaign/index.js';
import { findGromacs, readPlumedText, type RunProgress } from '../plumed/index.js';
import { findPlumed } from '../programs/index.js';
import { LatentcvError, readProblem, readText, expectOutputFolder } from '../support/index.js';
import type { RunCommandOptions } from './commands/index.js';
import type { Progress } from './progress.js';
import type { Terminal } from './terminal.js';

/** Runs the engine, each replica in its folder, and tells where the frames are. */
export async function runSimulation(options: RunCommandOptions, terminal: Terminal): Promise<void> {
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
      ...inputOf(options),
      onNote: (line) => terminal.note(`note: ${line}`),
      ...limits,
    });
    terminal.json({ folders, nanosecondsPerDay: nanosecondsPerDay.map((speed) => speed ?? null) });
    folders.forEach((path, i) => terminal.print(`${path}${speedInWords(nanosecondsPerDay[i])}`));
  } finally {
    bar?.stop();
  }
}

function inputOf({ plumed }: RunCommandOptions): Partial<BiasedRunOptions> {
  if (plumed === undefined) return {};
  return { input: readPlumedText(plumed), inputPath: plumed, inputFolder: dirname(resolve(plumed)) };
}

async function engineFrom(options: RunCommandOptions): Promise<Engine> {
  const { tpr, pesmd, seeds, length, threads, trustEnergy = false } = options;
  if (options.engine === 'pesmd') {
    if (pesmd === undefined) throw lacks('--pesmd', 'pesmd');
    return { kind: 'pesmd', input: await readText(pesmd, "pesmd's input"), seeds };
  }
  if (tpr === undefined) throw lacks('--tpr', 'gromacs');
  const tprs = await Promise.all(tpr.map(expectTpr));
  return {
    kind: 'gromacs',
    gromacs: await findGromacs(),
    tprs,
    trustEnergy,
    picoseconds: length,
    threads,
  };
}

/** Throws `file-not-found` where there is none: `gmx dump` would only say that it cannot read it. */
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
  return nanosecondsPerDay === undefined ? '' : ` (${nanosecondsPerDay.toFixed(0)} ns/day)`;
}
