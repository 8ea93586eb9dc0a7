import type { WindowRun, WindowsAnalysis } from '../../campaign/index.js';
import {
  isBiasOutput,
  runOfPart,
  tableLabels,
  type AddedColumn,
  type FrameColumns,
  type TableOptions,
} from '../../frames/index.js';
import {
  expectOneBias,
  expectOneUnitSystem,
  temperatureOf,
  type FileConditions,
} from '../../sampling/index.js';
import { counted, digits, fixed, LatentcvError } from '../../support/index.js';
import type { TrainOptions } from '../../training/index.js';
import { timeRange, type FrameOptions } from '../options/index.js';
import type { EnergyOptions, WeighingOptions } from '../options/weighing/index.js';
import type { Terminal } from '../terminal.js';
import { expandFiles } from './expand-files.js';
import type { MadeTrajectories } from './made-trajectories.js';
import { trajectoryBeside } from './sampled-trajectories.js';

/** Frames of runs under several static biases, with their weights. */
export interface WeighedTogether {
  /** The weights, as a column of the runs' tables. */
  added: AddedColumn;
  /** How it is learned by them. */
  training: Pick<TrainOptions, 'weights' | 'pairsFrom' | 'temperature'>;
}

/** What of the options says how frames weigh. */
type Options = Partial<WeighingOptions & EnergyOptions & FrameOptions> & { weights?: string };

/**
 * Weighs the frames of tables by MBAR where their runs' static biases differ, as `fes` does; undefined where one bias weighs, or
 * options say otherwise what does.
 * @param oneStride of the tables is needed, since the frames of trajectories take the same part of each
 * @throws LatentcvError `bad-argument` where biases differ and MBAR does not take all of the runs
 */
export async function weighedTogether(
  files: readonly FileConditions[],
  options: Options,
  terminal: Pick<Terminal, 'note' | 'warn'>,
  oneStride = false,
): Promise<WeighedTogether | undefined> {
  const { bias, weights, plumed } = options;
  if (weights !== undefined || bias?.includes('none')) return undefined;
  const windows = bias === undefined && plumed === undefined ? await windowsAmong(files) : undefined;
  if (!windows) {
    expectOneBias(files);
    return undefined;
  }
  const { weighWindows, weightColumn } = await import('../../campaign/index.js');
  expectOneUnitSystem(files);
  const found = await weighWindows(windows, {
    columns: [],
    temperature: options.temperature?.findLast((each) => each.files === undefined)?.kelvin,
    ...timeRange(options),
    timeUnit: files[0].units.time,
    trajectoryOf: trajectoryBeside,
    sources: { files: await expandFiles(options.energy ?? []), pressure: options.pressure },
    onWarning: (line) => terminal.warn(line),
  });
  const { analysis, unbiased } = found;
  if (oneStride) expectOneStride(found.run.dataset);
  terminal.note(summary(analysis, files[0].units.natural));
  for (const line of found.energiesFrom) terminal.note(line);
  for (const line of analysis.warnings) terminal.warn(line);
  const added = weightColumn(found);
  return {
    added,
    training: { weights: added.label, pairsFrom: unbiased, temperature: analysis.temperature },
  };
}

/** As the tables of runs under several biases are weighed, of which each trajectory needs one, which name the trajectories they learn from. */
export async function joinedTogether(
  { files, tables }: MadeTrajectories,
  options: Options,
  terminal: Pick<Terminal, 'note' | 'warn'>,
): Promise<WeighedTogether | undefined> {
  const withTable = files.filter(({ path }) => tables[path] !== undefined);
  const ofTables = withTable.map((file) => ({ ...file, path: tables[file.path] }));
  const distinct = ofTables.filter(({ path }, i) => ofTables.findIndex((file) => file.path === path) === i);
  const together = await weighedTogether(distinct, options, terminal, true);
  if (!together) return undefined;
  const runs = new Set(Object.keys(tables).map((path) => runOfPart(path)));
  const untold = files.find(({ path }) => tables[path] === undefined && !runs.has(runOfPart(path)));
  if (untold) throw noTable(untold.path);
  const unbiased = new Set(together.training.pairsFrom);
  const pairsFrom = withTable.flatMap(({ path }) => (unbiased.has(tables[path]) ? [path] : []));
  return { ...together, training: { ...together.training, pairsFrom } };
}

function noTable(path: string): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected a table for the frames of ${path}, to weigh them with those of the other runs, but found none`,
    'all biases weigh them, along columns that each run printed: --weights-from names its COLVAR',
  );
}

/** Runs that need one another's biases to weigh by. */
async function windowsAmong(files: readonly FileConditions[]): Promise<WindowRun[] | undefined> {
  // most frames are learned from without it
  if (files.length < 2 || !files.some(({ biased, input }) => biased && input !== undefined)) return undefined;
  const { groupRuns, needOneAnother } = await import('../../campaign/index.js');
  const groups = await groupRuns(files);
  if (!groups || !needOneAnother(groups)) return undefined;
  const [other] = groups.others.flat();
  if (!other) return groups.windows;
  throw new LatentcvError(
    'bad-argument',
    `expected runs under static biases, or none, beside ${groups.windows[0].path} but ` +
      (other.input === undefined
        ? `the PLUMED input of ${other.path} is not known`
        : `the bias of ${other.path} was built as it ran`),
    other.input === undefined
      ? 'put the PLUMED input that it was run with beside its table, or name it with ‘unbiased’'
      : 'MBAR weighs by static biases alone: learn from the windows, or from the adaptive runs',
  );
}

/** What is taken of a table by the frames of a trajectory has to be the same part of all. */
function expectOneStride({ segments, time }: Pick<FrameColumns, 'segments' | 'time'>): void {
  const spaced = segments
    .filter(({ start, end }) => end - start > 1)
    .map(({ start, end, source }) => ({
      source,
      spacing: (time.at(end - 1)! - time.at(start)!) / (end - start - 1),
    }));
  const other = spaced.find(({ spacing }) => Math.abs(spacing - spaced[0].spacing) > 0.01 * spacing);
  if (!other) return;
  throw new LatentcvError(
    'bad-data',
    `expected runs that are weighed together to be printed at one stride but ${spaced[0].source} is every ${digits(spaced[0].spacing, 6)} ps and ${other.source} every ${digits(other.spacing, 6)} ps`,
    'give tables of one stride',
  );
}

function summary({ temperature, windows }: WindowsAnalysis, natural: boolean): string {
  const sum = (of: (part: WindowsAnalysis['windows'][number]) => number): number =>
    windows.reduce((total, part) => total + of(part), 0);
  const [frames, analysed, independent] = [
    sum((part) => part.frames),
    sum((part) => part.analysedFrames),
    sum((part) => part.effectiveFrames),
  ];
  const ensemble = natural
    ? `kT = ${digits(temperature / temperatureOf(1), 6)}`
    : `${digits(temperature, 6)} K`;
  const left = frames > analysed ? `; those of the first tenth of each biased run weigh nothing` : '';
  return (
    `${counted(windows.length, 'window')} weighed together by MBAR at ${ensemble}: ` +
    `${analysed} of ${frames} frames, worth ${fixed(independent, 0)} independent ones${left}`
  );
}

/** Biases that some tables have and others lack: nothing is learned from them, and they are 0 where they are lacking. */
export async function lackingBiases(paths: readonly string[]): Promise<TableOptions['absent']> {
  const all = await Promise.all(paths.map(async (path) => new Set(await tableLabels(path))));
  const columns = [...new Set(all.flatMap((labels) => [...labels].filter(isBiasOutput)))].filter((label) =>
    all.some((labels) => !labels.has(label)),
  );
  return columns.length > 0 ? { columns, files: paths } : undefined;
}
