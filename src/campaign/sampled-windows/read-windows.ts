import { readColumns, type FrameColumns } from '../../frames/index.js';
import { definitionOf, type StaticBias } from '../../plumed/index.js';
import { LatentcvError } from '../../support/index.js';
import { mergedColumns } from './merged-columns.js';
import { expectPrinted } from './printed-bias.js';
import type { BiasedWindow } from './states.js';
import type { ReadWindows, WindowReading, WindowTrajectory } from './window-reading.js';
import { biasesOf, type WindowRun } from './window-runs.js';

/**
 * Reads the columns that are wanted and those that the biases of any run depend on; what a run printed of its own bias is held to
 * its input. Where a bias depends on what is not printed, its energies are PLUMED's, of the frames of trajectories.
 * @throws LatentcvError `bad-data` where a column is not there, or a run's input is not the one that ran
 */
export async function readWindows(
  runs: readonly WindowRun[],
  columns: readonly string[],
  { trajectoryOf, ...reading }: WindowReading,
): Promise<ReadWindows> {
  const trajectories = areTold(runs) ? undefined : await trajectoriesOf(runs, trajectoryOf);
  if (trajectories) {
    for (const label of columns) expectOneDefinition(runs, label);
    const { driveWindows } = await import('./driven-energies.js');
    return driveWindows(runs, columns, trajectories, reading);
  }
  const needed = [...new Set([...columns, ...runs.flatMap(columnsOfBiases)])];
  for (const label of needed) expectOneDefinition(runs, label);
  const tables: FrameColumns[] = [];
  const windows: BiasedWindow[] = [];
  let [checked, unchecked] = [0, 0];
  for (const run of runs) {
    expectColumns(run, needed);
    const printed = biasesOf(run)
      .known.map(({ column }) => column)
      .filter((column) => run.labels.includes(column));
    const table = await readColumns([run.path], {
      ...reading,
      columns: [...new Set([...needed, ...printed])],
    });
    const biases = biasesOf(run, (label) =>
      needed.includes(label) ? { period: table.period(label) } : undefined,
    ).known;
    for (const bias of biases) {
      if (bias.kind === 'surface') continue;
      if (!printed.includes(bias.column)) unchecked++;
      else {
        expectPrinted(run, bias, table);
        checked++;
      }
    }
    windows.push({ run, biases });
    tables.push(table);
  }
  return { windows, dataset: mergedColumns(tables, needed), checked, unchecked };
}

/** Whether every run printed what the bias of any depends on. */
function areTold(runs: readonly WindowRun[]): boolean {
  const all = runs.map((run) => biasesOf(run));
  const columns = all.flatMap(({ known }) => known.flatMap((bias) => bias.columns));
  return (
    all.every(({ others }) => others.length === 0) &&
    runs.every(({ labels }) => columns.every((column) => labels.includes(column)))
  );
}

/** Undefined where a run has none. */
async function trajectoriesOf(
  runs: readonly WindowRun[],
  trajectoryOf: WindowReading['trajectoryOf'],
): Promise<WindowTrajectory[] | undefined> {
  const found: WindowTrajectory[] = [];
  for (const { path } of runs) {
    const own = await trajectoryOf?.(path);
    if (!own) return undefined;
    found.push(own);
  }
  return found;
}

const orTrajectories =
  ', or leave its trajectory and a structure in the folder of each: plumed driver then computes it';

/** @throws LatentcvError `bad-argument` for a bias that is no function of columns */
function columnsOfBiases(run: WindowRun): string[] {
  const { known, others } = biasesOf(run);
  const [other] = others;
  if (!other) return known.flatMap(({ columns }: StaticBias) => columns);
  throw new LatentcvError(
    'bad-argument',
    `expected biases of ${run.input ?? run.path} that are functions of printed columns but ${other.label} (${other.action}) is not: ${other.reason}`,
    other.missing.length > 0
      ? `print ${other.missing.join(', ')} in every window: its energy in the other windows is needed${orTrajectories}`
      : 'the trajectory of each window and a structure in its folder let plumed driver compute it',
  );
}

function expectColumns(run: WindowRun, needed: readonly string[]): void {
  const missing = needed.filter((label) => !run.labels.includes(label));
  if (missing.length === 0) return;
  throw new LatentcvError(
    'bad-data',
    `expected a column ${missing.join(', ')} in ${run.path} but found ${run.labels.join(', ')}`,
    'the biases of the other windows depend on it: every window has to print what any of them is biased along' +
      orTrajectories,
  );
}

/**
 * A column of one name is one quantity.
 * @throws LatentcvError `bad-data` where inputs make it of different statements
 */
function expectOneDefinition(runs: readonly WindowRun[], label: string): void {
  const told = runs.flatMap(({ plumed, input }) => {
    const definition = plumed && definitionOf(plumed, label);
    return definition === undefined ? [] : [{ definition, input: input! }];
  });
  const other = told.find(({ definition }) => definition !== told[0].definition);
  if (!other) return;
  const last = (text: string): string => text.split('\n').at(-1)!;
  throw new LatentcvError(
    'bad-data',
    `expected ${label} to be one quantity but ${told[0].input} has ‘${last(told[0].definition)}’ and ${other.input} ‘${last(other.definition)}’`,
    'windows are weighed by one another’s biases on the columns they printed: name columns alike only where they are the same',
  );
}
