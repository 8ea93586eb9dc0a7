/** `latentcv run`: simulations with PLUMED in an engine, watched, each in its folder. They go on where they were stopped or killed. */
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import type { BiasedRunOptions, BiasedRunResult } from '../../../campaign/index.js';
import type { PlumedRuntime, RunProgress } from '../../../programs/index.js';
import { LatentcvError, expectOutputFolder, fixed } from '../../../support/index.js';
import { exitCodesHelp } from '../../exit-codes.js';
import { addSettings } from '../../options/index.js';
import type { Progress } from '../../progress.js';
import { terminalFor, type Terminal } from '../../terminal.js';
import { engineFrom, kindOf } from './engine.js';
import { runSettings, type RunSettings } from './settings.js';
import { windowsOf } from './windows.js';

export { engineFrom, runSettings };

const help = `
Example:
  latentcv run --tpr topol.tpr --plumed biased.dat --folder run --length 5ns
  latentcv run --tpr a.tpr b.tpr --plumed biased.dat --folder replicas
  latentcv run --tpr w{replica}.tpr --walkers 4 --plumed metad.dat --folder walkers
  latentcv run --lammps in.lammps --plumed biased.dat --folder run --max-hours 23.5
  latentcv run 'windows/*'
  latentcv run --pesmd pesmd.in --plumed biased.dat --folder run
  latentcv run --status run

Files that the PLUMED input reads by a relative name (MOLINFO's structure, …), beside it or in the
current folder, are copied into the run's folder, those behind .. under a name of their own, which
is printed. A folder that holds another plumed.dat is refused.

A run that was stopped or killed goes on from its last checkpoint when the same command is given
again: what PLUMED wrote is cut back to it. Ctrl-C, SIGTERM, SIGHUP and SIGUSR1 stop it at a
checkpoint. Folders that are named run what they hold: plumed.dat, and topol.tpr for GROMACS.
What stands behind -- goes to the engine as it is: latentcv run … -- -pin on -nb gpu
`;

/** `latentcv run`: a simulation, watched. */
export function runCommand(): Command {
  const command = new Command('run').argument(
    '[folders...]',
    'folders of runs, such as windows; behind --, options of the engine',
  );
  return addSettings(command, runSettings)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (operands: string[], options: RunSettings, command: Command) => {
      const { folders, further } = apart(operands, process.argv);
      const terminal = terminalFor(command);
      if (options.status) return await toldStatus(folders, options, terminal);
      if (folders.length > 0) await runWindows(folders, options, further, terminal);
      else await runOne(options, further, terminal);
    });
}

async function toldStatus(given: string[], { folder }: RunSettings, terminal: Terminal): Promise<void> {
  const folders = folder === undefined ? given : [...given, folder];
  if (folders.length === 0)
    throw new LatentcvError(
      'bad-argument',
      'expected folders of runs with --status but found none',
      "latentcv run --status run, or 'windows/*'",
    );
  const { tellStatus } = await import('../../tell-status.js');
  await tellStatus(folders, {}, terminal);
}

/** What stands behind `--`, which commander gives as operands like any other. */
export function apart(
  operands: readonly string[],
  argv: readonly string[],
): { folders: string[]; further: string[] } {
  const at = argv.indexOf('--');
  const behind = at < 0 ? 0 : argv.length - at - 1;
  const first = operands.length - behind;
  return { folders: operands.slice(0, first), further: operands.slice(first) };
}

async function runOne(options: RunSettings, further: readonly string[], terminal: Terminal): Promise<void> {
  const { folder } = options;
  if (folder === undefined)
    throw new LatentcvError(
      'bad-argument',
      'expected --folder, where the run is to write, but found none',
      'latentcv run --help',
    );
  const plumed = await plumedAtHand(terminal, options.plumed !== undefined);
  let bar: Progress | undefined;
  const onProgress = ({ step, steps, remaining }: RunProgress): void => {
    bar ??= terminal.progress(kindOf(options), steps);
    bar.update(step, undefined, remaining);
  };
  try {
    const done = await simulate({ ...options, folder }, { further, terminal, plumed, onProgress });
    tell([done], terminal);
  } finally {
    bar?.stop();
  }
}

/** Several runs of their own, as many at a time as there are cores. */
async function runWindows(
  given: readonly string[],
  options: RunSettings,
  further: readonly string[],
  terminal: Terminal,
): Promise<void> {
  const { inParallel } = await import('../../../campaign/index.js');
  const { availableParallelism } = await import('node:os');
  const { expandFolders } = await import('../../frames/index.js');
  const windows = windowsOf(await expandFolders(given), options);
  const biased = windows.some((window) => window.options.plumed !== undefined);
  const plumed = await plumedAtHand(terminal, biased);
  const bar = terminal.progress('windows', windows.length);
  const parts = windows.map(() => 0);
  const tasks = windows.map(({ options: own }, i) => async (signal: AbortSignal) => {
    const onProgress = ({ step, steps }: RunProgress): void => {
      parts[i] = steps > 0 ? step / steps : 0;
      bar.update(parts.reduce((a, b) => a + b, 0));
    };
    return await simulate(own, { further, terminal, plumed, onProgress, signal });
  });
  const most = options.parallel ?? Math.max(1, Math.floor(availableParallelism() / options.threads));
  try {
    tell(await inParallel(tasks, most, terminal.signal), terminal);
  } finally {
    bar.stop();
  }
}

/** PLUMED; of a run that it biases, how it was compiled where that makes it slow. */
async function plumedAtHand(terminal: Terminal, biased: boolean): Promise<PlumedRuntime> {
  const { findPlumed, optimisationProblem } = await import('../../../programs/index.js');
  const plumed = await findPlumed();
  if (plumed.note !== undefined) terminal.note(`note: ${plumed.note}`);
  const slow = biased ? await optimisationProblem(plumed) : undefined;
  if (slow !== undefined) terminal.note(`note: PLUMED at ${plumed.kernel} was ${slow}: good for trying`);
  return plumed;
}

/** What a run has besides its options. */
interface Around {
  further: readonly string[];
  terminal: Terminal;
  plumed: PlumedRuntime;
  onProgress: (progress: RunProgress) => void;
  signal?: AbortSignal;
}

/** Runs the engine, each replica in its folder. */
async function simulate(
  options: RunSettings & { folder: string },
  { further, terminal, plumed, onProgress, signal = terminal.signal }: Around,
): Promise<BiasedRunResult> {
  const { biasedRun } = await import('../../../campaign/index.js');
  await expectOutputFolder(options.folder);
  const { parallel, fromZero, checkpointMinutes, maxHours, walkers, walker } = options;
  if (walker !== undefined && walkers === undefined)
    throw new LatentcvError('bad-argument', 'expected --walkers with --walker but found none');
  return await biasedRun({
    engine: await engineFrom(options, further),
    folder: resolve(options.folder),
    ...{ plumed, onProgress, signal, parallel, fromZero, checkpointMinutes, maxHours },
    ...(await inputOf(options)),
    ...(walkers === undefined ? {} : { walkers: { count: walkers, only: walker } }),
    onNote: (line) => terminal.note(`note: ${line}`),
  });
}

function tell(results: readonly BiasedRunResult[], terminal: Terminal): void {
  const folders = results.flatMap((each) => each.folders);
  const speeds = results.flatMap((each) => each.nanosecondsPerDay);
  terminal.json({ folders, nanosecondsPerDay: speeds.map((speed) => speed ?? null) });
  folders.forEach((path, i) => terminal.print(`${path}${speedInWords(speeds[i])}`));
}

async function inputOf({ plumed }: RunSettings): Promise<Partial<BiasedRunOptions>> {
  if (plumed === undefined) return {};
  const { readPlumedText } = await import('../../../plumed/index.js');
  return { input: readPlumedText(plumed), inputPath: plumed, inputFolder: dirname(resolve(plumed)) };
}

function speedInWords(nanosecondsPerDay: number | undefined): string {
  return nanosecondsPerDay === undefined ? '' : ` (${fixed(nanosecondsPerDay, 0)} ns/day)`;
}
