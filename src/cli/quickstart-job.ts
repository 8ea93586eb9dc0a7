import { relative } from 'node:path';
import { availableParallelism } from 'node:os';
import { findGromacs, type GromacsInstall } from '../plumed/index.js';
import {
  runQuickstart as run,
  type QuickstartSettings,
  type QuickstartSummary,
} from '../quickstart/index.js';
import { LatentcvError, expectOutputFolder } from '../support/index.js';
import { builtPlugin } from './built-plugin.js';
import type { QuickstartCommandOptions } from './commands/index.js';
import { formatSeconds } from './progress.js';
import type { Terminal } from './terminal.js';

/** Runs the quickstart and tells how it went. */
export async function runQuickstart(options: QuickstartCommandOptions, terminal: Terminal): Promise<void> {
  await expectOutputFolder(options.folder);
  const gromacs = await chooseGromacs(options, terminal);
  const { path: pluginPath, plumed } = await builtPlugin(terminal);
  const settings: QuickstartSettings = {
    engine: gromacs ? 'gromacs' : 'pesmd',
    seed: options.seed ?? 1,
    length: options.nanoseconds ?? (gromacs ? 10 : 5),
    replicas: options.replicas ?? Math.min(2, availableParallelism()),
  };
  const setup = Number(process.env.LATENTCV_SETUP_SECONDS ?? NaN);
  const { removeHalfWritten } = await import('../training/index.js');
  terminal.beforeForcedEnd(removeHalfWritten);
  const summary = await run({
    folder: options.folder,
    settings,
    plumed,
    gromacs,
    pluginPath,
    setupSeconds: Number.isFinite(setup) ? setup : undefined,
    voice: terminal,
    signal: terminal.signal,
  });
  tell(summary, terminal);
}

/** GROMACS where there is one with PLUMED's interface; undefined means pesmd, and says why. */
async function chooseGromacs(
  { engine }: QuickstartCommandOptions,
  terminal: Terminal,
): Promise<GromacsInstall | undefined> {
  if (engine === 'pesmd') return undefined;
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
  const sampled = nanoseconds === null ? '' : ` in ${Number(nanoseconds.toPrecision(4))} ns`;
  const reference = `${referenceDeltaF.toFixed(2)}${referenceError > 0 ? ` ± ${referenceError.toFixed(2)}` : ''}`;
  const found =
    deltaF === null || deltaFError === null
      ? `is ${summary.reason}`
      : `= ${deltaF.toFixed(2)} ± ${deltaFError.toFixed(2)} ${unit}`;
  terminal.print();
  terminal.print(`ΔF ${found} (reference ${reference})`);
  terminal.print(`${verdict.headline}${sampled}:`);
  for (const finding of verdict.findings) terminal.print(`  ${finding}`);
  for (const { source, value, error } of summary.deltaFs)
    terminal.print(
      `  ${source}: ${value === null ? 'none' : value.toFixed(2)} ± ${error?.toFixed(2) ?? 'not known'}`,
    );
  const setup = summary.setupSeconds === null ? '' : `set-up ${formatSeconds(summary.setupSeconds)}, `;
  terminal.print(`${setup}job ${formatSeconds(summary.jobSeconds)}`);
  terminal.print();
  terminal.print('The same by hand:');
  for (const { caption, command } of summary.commands) {
    terminal.print(`\n# ${caption}\n${command}`);
  }
  terminal.print();
  terminal.print(`report: ${relative(process.cwd(), summary.report)}`);
  terminal.json(summary);
}
