import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import type { GromacsInstall } from '../../programs/index.js';
import type { QuickstartSettings, QuickstartSummary } from '../../quickstart/index.js';
import {
  LatentcvError,
  expectOutputFolder,
  setting,
  durationText,
  digits,
  fixed,
  withError,
} from '../../support/index.js';
import { builtPlugin } from '../built-plugin.js';
import { fetchParts } from '../fetched-parts.js';
import { exitCodesHelp } from '../exit-codes.js';
import { addSettings, jsonSettings, type Given } from '../options/index.js';
import { terminalFor, type Terminal } from '../terminal.js';

const help = `
Example:
  latentcv quickstart
  latentcv quickstart --engine pesmd --folder /tmp/quickstart
  latentcv quickstart --nanoseconds 5 --seed 7

Alanine dipeptide in GROMACS, or, where there is no GROMACS with PLUMED, a particle on the
Müller–Brown surface in PLUMED's own pesmd: training frames, a learned CV, a run biased along it,
its free energies and a report. A PLUMED and a GROMACS that the machine lacks are fetched first, as
by latentcv setup plumed gromacs.
`;

const settings = {
  engine: setting(z.enum(['auto', 'gromacs', 'pesmd']).default('auto'), {
    flag: 'engine',
    value: 'engine',
    description: 'the program that moves the atoms; auto: GROMACS where there is one',
  }),
  folder: setting(z.string().default('quickstart'), {
    flag: 'folder',
    value: 'folder',
    description: 'where everything is written',
  }),
  nanoseconds: setting(z.number().positive().optional(), {
    flag: 'nanoseconds',
    value: 'length',
    description: 'length of each biased run',
    otherwise: '10; pesmd: 5 thousand time units',
  }),
  replicas: setting(z.number().int().min(1).optional(), {
    flag: 'replicas',
    value: 'count',
    description: 'independent biased runs side by side',
    otherwise: '2, or 1 on a single core',
  }),
  seed: setting(z.number().int().min(1).default(1), {
    flag: 'seed',
    value: 'number',
    description: 'seed of everything',
  }),
  ...jsonSettings('the summary, for scripts'),
};
type QuickstartCommandOptions = Given<typeof settings>;

/** `latentcv quickstart`: the main job, from a molecule to a free energy. */
export function quickstartCommand(): Command {
  return addSettings(new Command('quickstart'), settings)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (options: QuickstartCommandOptions, command: Command) => {
      await quickstart(options, terminalFor(command));
    });
}

/** Runs the quickstart and tells how it went. */
async function quickstart(options: QuickstartCommandOptions, terminal: Terminal): Promise<void> {
  const { runQuickstart } = await import('../../quickstart/index.js');
  const { removeHalfWritten } = await import('../../training/index.js');
  await expectOutputFolder(options.folder);
  await fetchMissing(options, terminal);
  const gromacs = await chooseGromacs(options, terminal);
  const { path: pluginPath, plumed } = await builtPlugin(terminal);
  const job: QuickstartSettings = {
    engine: gromacs ? 'gromacs' : 'pesmd',
    seed: options.seed,
    length: options.nanoseconds ?? (gromacs ? 10 : 5),
    replicas: options.replicas ?? Math.min(2, availableParallelism()),
  };
  const setup = Number(process.env.LATENTCV_SETUP_SECONDS ?? NaN);
  terminal.beforeForcedEnd(removeHalfWritten);
  const summary = await runQuickstart({
    folder: options.folder,
    settings: job,
    plumed,
    gromacs,
    pluginPath,
    setupSeconds: Number.isFinite(setup) ? setup : undefined,
    voice: terminal,
    signal: terminal.signal,
  });
  tell(summary, terminal);
}

/** What the machine lacks, but for a GROMACS that it cannot have: then pesmd runs. */
async function fetchMissing({ engine }: QuickstartCommandOptions, terminal: Terminal): Promise<void> {
  await fetchParts(['plumed'], terminal);
  if (engine === 'pesmd') return;
  try {
    await fetchParts(['gromacs'], terminal);
  } catch (error) {
    const stops = !(error instanceof LatentcvError) || error.code === 'interrupted';
    if (stops || engine === 'gromacs') throw error;
    terminal.note(`no GROMACS could be fetched: ${error.message}`);
  }
}

/** GROMACS where there is one with PLUMED's interface; undefined means pesmd, and says why. */
async function chooseGromacs(
  { engine }: QuickstartCommandOptions,
  terminal: Terminal,
): Promise<GromacsInstall | undefined> {
  if (engine === 'pesmd') return undefined;
  const { findGromacs } = await import('../../programs/index.js');
  try {
    const found = await findGromacs();
    if (found.plumed) return found;
    if (engine === 'gromacs')
      throw new LatentcvError('missing-tool', `${found.executable} has no mdrun -plumed`);
    terminal.note(`GROMACS at ${found.executable} has no -plumed: running on PLUMED's own pesmd instead`);
  } catch (error) {
    if (engine === 'gromacs' || !(error instanceof LatentcvError)) throw error;
    terminal.note(`no GROMACS (${error.message}): running on PLUMED's own pesmd instead`);
  }
  return undefined;
}

function tell(summary: QuickstartSummary, terminal: Terminal): void {
  const { deltaF, deltaFError, referenceDeltaF, referenceError, nanoseconds, engine, verdict } = summary;
  const unit = engine === 'gromacs' ? 'kJ/mol' : 'kT';
  const sampled = nanoseconds === null ? '' : ` in ${digits(nanoseconds, 4)} ns`;
  const reference = withError(referenceDeltaF, referenceError > 0 ? referenceError : null, 2);
  const found =
    deltaF === null || deltaFError === null
      ? `is ${summary.reason}`
      : `= ${withError(deltaF, deltaFError, 2)} ${unit}`;
  terminal.print();
  terminal.print(`ΔF ${found} (reference ${reference})`);
  terminal.print(`${verdict.headline}${sampled}:`);
  for (const finding of verdict.findings) terminal.print(`  ${finding}`);
  for (const { source, value, error } of summary.deltaFs)
    terminal.print(
      `  ${source}: ${value === null ? 'none' : fixed(value, 2)} ± ${error === null || error === undefined ? 'not known' : fixed(error, 2)}`,
    );
  const setup = summary.setupSeconds === null ? '' : `set-up ${durationText(summary.setupSeconds)}, `;
  terminal.print(`${setup}job ${durationText(summary.jobSeconds)}`);
  terminal.print();
  terminal.print('The same by hand:');
  for (const { caption, command } of summary.commands) {
    terminal.print(`\n# ${caption}\n${command}`);
  }
  terminal.print();
  terminal.print(`report: ${relative(process.cwd(), summary.report)}`);
  terminal.json(summary);
}
